/** The terminal: commands, most of them clients of the running server. */
@NullMarked
package io.kvasir.cli;

import org.jspecify.annotations.NullMarked;
