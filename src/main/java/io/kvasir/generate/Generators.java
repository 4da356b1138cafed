package io.kvasir.generate;

import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.DecoderAnswers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The decoders that are installed or can be had, and which of them are loaded. */
public interface Generators {
  /** How near a decoder is to answering. The wire name is the lower case name. */
  enum State {
    /** In the catalogue, its weights are not here. */
    AVAILABLE,
    /** Its weights are being fetched. */
    PULLING,
    /** Its weights are here. */
    INSTALLED,
    /** It is being exported or loaded. */
    LOADING,
    /** It answers. */
    LOADED,
    /** Its last step failed; see the message. */
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What there is too little of. The wire name is the lower case name. */
  enum Lack {
    /** To fetch and export a decoder. */
    DISK,
    /** To load it. */
    MEMORY;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A decoder as the page shows it.
   *
   * @param name as in the catalogue
   * @param title for people
   * @param languages BCP 47 codes
   * @param licence SPDX identifier
   * @param bytes size of its source file
   * @param memoryBytes what loading it takes, keys and values of all slots included
   * @param context the most tokens of prompt and answer
   * @param state how near it is to answering
   * @param progress of the present step, 0 to 1; null if none runs
   * @param message what went wrong or goes on; null if nothing
   * @param lacks what there is too little of for it to answer; null if nothing, or if it is loaded
   * @param isDefault whether questions go to it unless they name another
   * @param answers what it answers with where nobody says otherwise
   */
  record Status(
      String name,
      String title,
      List<String> languages,
      String licence,
      long bytes,
      long memoryBytes,
      int context,
      State state,
      @Nullable Double progress,
      @Nullable String message,
      @Nullable Lack lacks,
      boolean isDefault,
      DecoderAnswers answers) {}

  /** Every decoder known by now, the default first. */
  List<Status> list();

  /** Looks for weights that came or went by other hands, for example a terminal's; then lists. */
  CompletionStage<List<Status>> refreshed();

  /**
   * The loaded decoder of that name, or the default one.
   *
   * @param name null for the default
   * @throws io.kvasir.core.ProblemException NOT_FOUND if there is none of that name, UNAVAILABLE if
   *     it is not loaded
   */
  Generator loaded(@Nullable String name);

  /** Loads an installed decoder; completes when it answers. CONFLICT if it would not fit. */
  CompletionStage<Status> load(String name);

  /** Unloads a decoder once its generations have ended. */
  CompletionStage<Status> unload(String name);

  /** Fetches the weights of a decoder of the catalogue; progress is in {@link #list()}. */
  CompletionStage<Status> pull(String name);

  /**
   * A file that is being taken in.
   *
   * @param name by which {@link #list()} shows how far it is
   * @param end completes when it is here
   */
  record Importing(String name, CompletionStage<Status> end) {}

  /**
   * Takes in a GGUF file; completes once it is known what it is called. INVALID if it is none,
   * CONFLICT if there is a decoder of its name.
   *
   * @param file is read, and moved or copied
   * @param name of the file as its owner calls it
   */
  CompletionStage<Importing> importFile(Path file, String name);

  /** How many bytes of memory are free on this machine. */
  long freeMemory();

  /**
   * What a decoder answers with where nobody says otherwise.
   *
   * @throws io.kvasir.core.ProblemException NOT_FOUND if there is none of that name
   */
  AnswerDefaults answers(String name);

  /**
   * Keeps what a decoder was measured to answer best with, from the next question on.
   *
   * @param measured with what, in words
   */
  CompletionStage<Status> keepAnswers(String name, AnswerDefaults answers, String measured);
}
