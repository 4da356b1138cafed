/** The page, and contrasts as pages of their own. */
@NullMarked
package io.kvasir.http.page;

import org.jspecify.annotations.NullMarked;
