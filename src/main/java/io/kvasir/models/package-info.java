/** Decoders as files: the catalogue, fetching, model folders and their manifests. */
@NullMarked
package io.kvasir.models;

import org.jspecify.annotations.NullMarked;
