/** Kvasir's own API, a class for each group of routes. */
@NullMarked
package io.kvasir.http.api;

import org.jspecify.annotations.NullMarked;
