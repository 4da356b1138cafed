/** Typed, validated settings: one file and the environment; an unknown key is an error. */
@NullMarked
package io.kvasir.config;

import org.jspecify.annotations.NullMarked;
