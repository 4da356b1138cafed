/** From bytes to text with its structure: one reader for each format, none of them trusted. */
@NullMarked
package io.kvasir.ingest.format;

import org.jspecify.annotations.NullMarked;
