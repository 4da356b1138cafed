/** What a decoder's queries attend to: the arithmetic of evidence on captured queries and keys. */
@NullMarked
package io.kvasir.attend;

import org.jspecify.annotations.NullMarked;
