/** Models as files: the catalogue of every kind, and fetching, importing and exporting decoders. */
@NullMarked
package io.kvasir.models;

import org.jspecify.annotations.NullMarked;
