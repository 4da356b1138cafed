/** Where everything is wired, and nowhere else. */
@NullMarked
package io.kvasir;

import org.jspecify.annotations.NullMarked;
