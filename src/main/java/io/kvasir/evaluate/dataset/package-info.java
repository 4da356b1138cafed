/** Labelled questions with their documents, and the formats they come in. */
@NullMarked
package io.kvasir.evaluate.dataset;

import org.jspecify.annotations.NullMarked;
