/**
 * GGUF files: reading them, their weights as numbers, and their export to a decoder for ONNX
 * Runtime.
 */
@NullMarked
package io.kvasir.gguf;

import org.jspecify.annotations.NullMarked;
