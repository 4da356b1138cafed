package io.kvasir.gguf.family;

/** The numbers of a file's metadata that a family asks for. */
public interface MetadataNumbers {
  /**
   * A number above 0.
   *
   * @param key with the architecture in front
   * @param otherwise what it is where the file does not say
   * @throws io.kvasir.core.ProblemException INVALID naming the key if it is not above 0
   */
  double positive(String key, double otherwise);
}
