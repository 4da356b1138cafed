package io.kvasir.core;

/**
 * Whose collections, contrasts, jobs and keys are meant: nobody reaches those of another one.
 *
 * @param name as it is stored
 */
public record Workspace(String name) {
  /** The one there is. */
  public static final Workspace ONLY = new Workspace("default");
}
