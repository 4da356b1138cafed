/** What a request passes before a route sees it, and what watches its connection. */
@NullMarked
package io.kvasir.http.guard;

import org.jspecify.annotations.NullMarked;
