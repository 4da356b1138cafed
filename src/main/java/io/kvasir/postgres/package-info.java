/** The adapter to PostgreSQL with pgvector; the only importer of its client. */
@NullMarked
package io.kvasir.postgres;

import org.jspecify.annotations.NullMarked;
