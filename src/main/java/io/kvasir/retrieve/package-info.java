/** The ports for collections, documents and passages, and hybrid retrieval over them. */
@NullMarked
package io.kvasir.retrieve;

import org.jspecify.annotations.NullMarked;
