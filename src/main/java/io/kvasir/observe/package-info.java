/** What can be watched of a running server: ports for those who count, time and trace it. */
@NullMarked
package io.kvasir.observe;

import org.jspecify.annotations.NullMarked;
