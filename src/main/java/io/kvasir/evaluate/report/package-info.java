/** Reports of experiments: what was measured, for people and for programs. */
@NullMarked
package io.kvasir.evaluate.report;

import org.jspecify.annotations.NullMarked;
