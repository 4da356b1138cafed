/** The server as a whole: everything is wired here, and opened and closed in order. */
@NullMarked
package io.kvasir.server;

import org.jspecify.annotations.NullMarked;
