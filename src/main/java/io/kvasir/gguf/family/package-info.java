/** What the architectures of decoders differ in, each said once, in a class of its own. */
@NullMarked
package io.kvasir.gguf.family;

import org.jspecify.annotations.NullMarked;
