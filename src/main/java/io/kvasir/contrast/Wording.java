package io.kvasir.contrast;

import io.kvasir.core.AnswerOpening;
import io.kvasir.core.AnswerStyle;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sentences of a prompt in one language; every path uses the same ones.
 *
 * <p>What an answer's style changes stands behind the documents: all styles have their prompt in
 * common up to there, and what was read for one need not be read again for another. A worked
 * example raised the share of right short answers, an opening that of right sentences; MEASURED.md
 * has the tables.
 *
 * @param instruction what the decoder is told to do
 * @param examplePassage the passage of the worked example
 * @param exampleQuestion its question
 * @param exampleAnswer its answer, a short one
 * @param passage written before every passage
 * @param question written before every question
 * @param accordingTo how an answer begins that says where it is from
 * @param answerIs how an answer begins that says what it is
 * @param shortAnswer how a few words are asked for
 * @param answer how a sentence or three are asked for
 * @param fullAnswer how all there is is asked for
 */
record Wording(
    String instruction,
    String examplePassage,
    String exampleQuestion,
    String exampleAnswer,
    String passage,
    String question,
    String accordingTo,
    String answerIs,
    Request shortAnswer,
    Request answer,
    Request fullAnswer) {
  /**
   * How an answer of a style is asked for.
   *
   * @param behind written behind the question
   * @param opened whether it begins as its decoder does best; a few words are said at once
   */
  record Request(String behind, boolean opened) {}

  private static final Wording ENGLISH =
      new Wording(
          "Answer the question. Use the passages if there are any.",
          "The town library opened in 1903 and holds 40,000 books. It is closed on Mondays.",
          "How many books does the library hold?",
          "40,000",
          "Passage: ",
          "Question: ",
          "According to the passage,",
          "The answer is",
          new Request("\nShort answer:", false),
          new Request("", true),
          new Request("\nLong answer, with all details:", true));

  private static final Wording CHINESE =
      new Wording(
          "请回答问题。如果给出了资料，请根据资料回答。",
          "镇图书馆建于1903年，藏书四万册，每周一闭馆。",
          "图书馆有多少藏书？",
          "四万册",
          "资料：",
          "问题：",
          "根据资料，",
          "答案是",
          new Request("\n简短回答：", false),
          new Request("", true),
          new Request("\n详细回答：", true));

  /** How an answer of a style is asked for. */
  Request request(AnswerStyle style) {
    return switch (style) {
      case SHORT -> shortAnswer;
      case ANSWER -> answer;
      case FULL -> fullAnswer;
    };
  }

  /** The words of an opening; empty if the decoder begins. */
  String words(AnswerOpening opening) {
    return switch (opening) {
      case NONE -> "";
      case PASSAGE -> accordingTo;
      case ANSWER -> answerIs;
    };
  }

  /** The words with which answers can have been begun, in every language. */
  static List<String> openings() {
    return Stream.of(ENGLISH, CHINESE)
        .flatMap(each -> Stream.of(each.accordingTo, each.answerIs))
        .toList();
  }

  /** A question as it stands in a prompt. */
  String asked(String text, Request request) {
    return question + text + request.behind();
  }

  /** The wording for a collection's language: Chinese for {@code zh}, English for every other. */
  static Wording of(String language) {
    return language.startsWith("zh") ? CHINESE : ENGLISH;
  }
}
