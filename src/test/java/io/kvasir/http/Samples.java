package io.kvasir.http;

import io.kvasir.contrast.ContrastEvent;
import io.kvasir.contrast.Rehearsal;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Document;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ExampleQuestion;
import io.kvasir.core.Notice;
import io.kvasir.core.Passage;
import io.kvasir.core.PathEvidence;
import io.kvasir.core.PathTrace;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Sampling;
import io.kvasir.core.Scope;
import io.kvasir.core.TokenOrigin;
import io.kvasir.core.Trace;
import io.kvasir.core.ValueKind;
import io.kvasir.evidence.AttentionView;
import io.kvasir.evidence.EvidenceEvent;
import io.kvasir.evidence.NextTokens;
import io.kvasir.retrieve.Corrections.Correction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Nouns with every field filled, as the server has to write them. */
public final class Samples {
  static final Instant TIME = Instant.parse("2026-11-25T02:03:04.005Z");

  static final Document DOCUMENT =
      new Document(
          3, "faq", "faq.pdf", "The FAQ", "application/pdf", 12, 20, 1, TIME, 3_000_000L, true);

  static final Passage PASSAGE =
      new Passage(
          7, 3, "faq.pdf", "The FAQ", 0, "One › Two", 4, 0, 20, "key", "dpkg -S finds files.");

  static final Correction CORRECTION =
      new Correction(
          5,
          7L,
          true,
          0,
          "One › Two",
          4,
          0,
          20,
          "dpkg -S finds files.",
          0,
          "key",
          "dpkg -S finds files.",
          "dpkg -S finds packages.",
          TIME);

  static final DocumentCollection COLLECTION =
      new DocumentCollection(
          "faq",
          "en",
          "tiny-encoder",
          ValueKind.RAW,
          1,
          1,
          3_000_000,
          List.of(new ExampleQuestion("Which package?", new Scope(List.of("faq.pdf#One")))));

  static final PathTrace.PromptTrace PROMPT =
      new PathTrace.PromptTrace(
          3,
          1,
          2048,
          "<s>dpkg -S",
          new int[] {1, 2, 3},
          List.of(
              new PromptPart(PromptPart.Kind.SINK, 1, null),
              new PromptPart(PromptPart.Kind.PASSAGE, 2, 7L),
              new PromptPart(PromptPart.Kind.ANSWER, 1, null)),
          0);

  static final PathTrace.PassageTrace PASSAGE_TRACE =
      new PathTrace.PassageTrace(
          7,
          3,
          "faq.pdf",
          "The FAQ",
          "One › Two",
          4,
          0,
          20,
          "dpkg -S finds files.",
          true,
          new PathTrace.Retrieved(1, 0.03, 0.8, null, null),
          true,
          new PathTrace.InPrompt(1, 2),
          new PathTrace.Attended(0.4, 1.2));

  static final Rehearsal REHEARSAL =
      new Rehearsal(
          "Which?",
          "tiny-encoder",
          "tiny",
          3,
          2048,
          50,
          Map.of("dense", 1.0, "lexical", 0.5),
          new Trace.Reranking("heads", 16, 120.5),
          Notice.of(Notice.Code.NOTHING_NEAR, "Nothing near."),
          List.of(PASSAGE_TRACE),
          1,
          4.5,
          2.5);

  static final PathTrace.TokenTrace TOKEN =
      new PathTrace.TokenTrace(9, "dpkg", -0.5, 12.5, new float[] {0.5f, 0.25f, 0.25f});

  static final PathTrace.Timings TIMINGS = new PathTrace.Timings(0.5, 3.0, 20.0, 25.0, 60.0);

  static final PathEvidence EVIDENCE =
      new PathEvidence(
          PathEvidence.VERSION,
          TIME,
          812.5,
          16,
          -0.5,
          -7.25,
          List.of(new PathEvidence.TokenEvidence(-0.5, -7.25, TokenOrigin.DOCUMENTS)),
          new PathEvidence.Origins(1, 0, 0),
          List.of(
              new PathEvidence.PassageEvidence(
                  7, 1, 6.75, List.of(6.75), 5.5, 0.4, 0.9, 1.2, 0.02, null)));

  static final PathTrace PATH =
      new PathTrace(
          AnswerPath.RAG,
          "dpkg",
          "stop",
          null,
          new Notice(Notice.Code.CUT_BY_BUDGET, Map.of("cut", 1, "budget", 8), "One was cut."),
          PROMPT,
          List.of(PASSAGE_TRACE),
          List.of(TOKEN),
          TIMINGS,
          EVIDENCE);

  static final NextTokens NEXT_TOKENS =
      new NextTokens(
          AnswerPath.RAG,
          List.of(0.5, 1.0),
          0,
          List.of(
              new NextTokens.Place(
                  3,
                  -0.5,
                  1,
                  List.of(
                      new NextTokens.Candidate(3, "dpkg", -0.5),
                      new NextTokens.Candidate(4, "", -1.25)),
                  List.of(-0.75, 0.0))));

  private Samples() {}

  public static Trace trace(String id, String question) {
    return trace(id, question, Trace.Status.COMPLETE);
  }

  public static Trace running(String id) {
    return trace(id, "Which?", Trace.Status.RUNNING);
  }

  private static Trace trace(String id, String question, Trace.Status status) {
    return new Trace(
        Trace.VERSION,
        id,
        TIME,
        status,
        id,
        null,
        question,
        "faq",
        List.of("faq.pdf#One"),
        new Trace.Model("tiny", "abc", "float32"),
        new Trace.Encoder("tiny-encoder", 4),
        AnswerStyle.SHORT,
        null,
        Sampling.GREEDY,
        List.of(0, 1),
        question,
        new Trace.QuestionVector(List.of(0.5f, 0.5f), 1),
        new Trace.Reranking("heads", 10, 812.5),
        List.of(PATH));
  }

  /** One event of every type after the first, the last one included. */
  static List<ContrastEvent> events() {
    return List.of(
        new ContrastEvent.Retrieved(
            "Which?",
            new Trace.Encoder("tiny-encoder", 4),
            new Trace.QuestionVector(List.of(0.5f), 1),
            List.of(PASSAGE_TRACE),
            1.5,
            2.5,
            null),
        new ContrastEvent.Prompted(AnswerPath.RAG, PROMPT, List.of(PASSAGE_TRACE), null),
        new ContrastEvent.Queued(AnswerPath.RAG, 0),
        new ContrastEvent.Prefill(AnswerPath.RAG, 2, 3, 1),
        new ContrastEvent.Token(AnswerPath.RAG, 0, TOKEN),
        new ContrastEvent.Finished(
            AnswerPath.RAG, "dpkg", "stop", null, PROMPT, List.of(PASSAGE_TRACE), TIMINGS),
        new ContrastEvent.Ended(Trace.Status.COMPLETE, null));
  }

  /** One event of every type of a measurement. */
  static List<EvidenceEvent> evidenceEvents() {
    return List.of(
        new EvidenceEvent.Started(AnswerPath.RAG, 4, 120, 500.0),
        new EvidenceEvent.Progress(1, 4, 20.5, 61.5),
        new EvidenceEvent.Found(AnswerPath.RAG, EVIDENCE),
        new EvidenceEvent.Ended(EvidenceEvent.Status.COMPLETE, null));
  }

  /** An answer about attention with every field filled. */
  static AttentionView attention() {
    List<Double> three = List.of(0.5, 0.25, 0.25);
    List<Double> unseen = new ArrayList<>(List.of(1.5, 0.5));
    unseen.add(null);
    return new AttentionView(
        AnswerPath.RAG,
        List.of(0),
        List.of(List.of(1, 0)),
        PROMPT.parts(),
        three,
        three,
        three,
        unseen,
        1,
        1,
        List.of(List.of(three)),
        List.of(List.of(unseen)),
        new AttentionView.Positions(List.of("<s>", "dpkg", " -S"), List.of(new float[] {0.5f})),
        new AttentionView.Step(
            1,
            0,
            0,
            new AttentionView.Query(List.of(0.5f), 2.5),
            List.of(new AttentionView.PartStep(null, 0, 0))));
  }
}
