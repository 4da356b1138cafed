/**
 * Keys and values of prompts outside the decoder's cache: found again, kept, counted, forgotten.
 */
@NullMarked
package io.kvasir.memory;

import org.jspecify.annotations.NullMarked;
