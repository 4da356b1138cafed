package io.kvasir.cli;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.util.List;

/**
 * {@code kvasir eval}: begins an experiment on the server and follows it to its report; or several,
 * to choose what a decoder answers best with.
 */
final class EvalCommand implements Command {
  /** The option that makes it choose. */
  static final String TUNE = "tune";

  @Override
  public String name() {
    return "eval";
  }

  @Override
  public String summary() {
    return "Asks labelled questions in several ways and reports what each way is worth.";
  }

  @Override
  public String arguments() {
    return "";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            ExperimentStart.DATASET,
            "PATH",
            "SQuAD or CMRC JSON, a CSV, TSV or JSON Lines file, a folder of BEIR or TREC; or "
                + ExperimentStart.HEADINGS
                + "COLLECTION: its headings that are questions, each answered by its section; or "
                + ExperimentStart.MARKED
                + ": what was marked at contrasts."),
        new Option(
            "paths",
            "LIST",
            "Of closed-book, rag, attention, oracle, which is given the documents that answer, and"
                + " search, which ranks documents and answers nothing. Default: "
                + String.join(",", ExperimentStart.PATHS)
                + "; of headings: search."),
        new Option(
            "matrix",
            "FACTOR=A,B;…",
            "Every value with every other: model, k, budget, style, max-tokens, temperature,"
                + " nearness, order (first, last, random), wording (what ends a passage: line,"
                + " blank-line; how an answer begins: none, passage, answer; or both: line+answer),"
                + " loop-penalty, encoder, passage-length, values (raw, summary, fields), reranker"
                + " (none, heads, cross-encoder), ranking (fused, meaning, words)."),
        new Option(
            "half",
            "WHICH",
            "choose: every second question from the first, for choosing settings; report: the"
                + " others; all. Default: all."),
        new Option("sample", "N", "Only so many of them, drawn by the seed."),
        new Option(
            TUNE,
            "MODEL",
            "Chooses what this decoder answers best with (nearness, k, order, wording,"
                + " loop-penalty) on the choosing half of one or several datasets with commas"
                + " between them, holds it against what it has today on the other half, and keeps"
                + " it; --sample questions of each, default: "
                + AnswerTuning.QUESTIONS
                + "."),
        new Option("seed", "N", "Of drawing questions and tokens. Default: 0."),
        new Option("language", "CODE", "Of the questions, en or zh. Default: detected."),
        new Option(
            "columns",
            "LIST",
            "Of a table: question=COLUMN,answer=COLUMN and so on. Several answers stand in a column"
                + " with | between them or, if one of them has a | in it, as a JSON array."),
        new Option("name", "TEXT", "What the experiment is called. Default: the dataset's name."),
        ExperimentFollower.OUT,
        ServerAddress.OPTION);
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal)
      throws IOException, InterruptedException {
    arguments.none();
    ServerClient client = ServerClient.of(arguments, terminal);
    ExperimentStart start = new ExperimentStart(client, arguments, terminal);
    ExperimentFollower follower = new ExperimentFollower(client, terminal);
    if (arguments.has(TUNE)) {
      return new AnswerTuning(client, start, follower, arguments, terminal).run();
    }
    String dataset =
        arguments
            .value(ExperimentStart.DATASET)
            .orElseThrow(() -> new ProblemException(Kind.INVALID, "--dataset PATH is missing"));
    return follower.follow(start.begin(dataset), arguments);
  }
}
