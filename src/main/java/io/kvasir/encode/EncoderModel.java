package io.kvasir.encode;

/**
 * An encoder that comes with the product, as the catalogue says: resources of a library, and how
 * texts go in and vectors come out.
 *
 * @param description its name, dimensions, limit and languages
 * @param graph resource with the ONNX graph
 * @param tokenizer resource with the Hugging Face tokenizer
 * @param pooling how tokens become a vector
 * @param lowerCase whether texts are lower-cased before the tokenizer, which does not
 * @param questionPrefix what its training put before every question
 */
public record EncoderModel(
    Encoder.Description description,
    String graph,
    String tokenizer,
    Pooling pooling,
    boolean lowerCase,
    String questionPrefix) {}
