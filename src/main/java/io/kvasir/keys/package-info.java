/** Keys of the API: who may use a server that is open to a network, and how much. */
@NullMarked
package io.kvasir.keys;

import org.jspecify.annotations.NullMarked;
