/** ONNX Runtime and the tokenizer natives behind the ports of the other packages. */
@NullMarked
package io.kvasir.onnx;

import org.jspecify.annotations.NullMarked;
