/** From files to passages: loaders, splitter, ingestion jobs. */
@NullMarked
package io.kvasir.ingest;

import org.jspecify.annotations.NullMarked;
