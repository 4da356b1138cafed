/** An experiment as files for people and programs: one page of HTML, JSON, and tables. */
@NullMarked
package io.kvasir.evaluate.report;

import org.jspecify.annotations.NullMarked;
