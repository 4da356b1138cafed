/**
 * Reads files in processes of their own, which may run out of memory, hang or crash with nothing
 * lost but the file that they read.
 */
@NullMarked
package io.kvasir.ingest.reader;

import org.jspecify.annotations.NullMarked;
