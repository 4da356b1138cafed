/** How the nouns are written as JSON. */
@NullMarked
package io.kvasir.json;

import org.jspecify.annotations.NullMarked;
