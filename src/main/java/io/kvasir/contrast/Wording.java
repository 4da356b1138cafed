package io.kvasir.contrast;

/**
 * The sentences of a prompt in one language; every path uses the same ones.
 *
 * <p>One worked example before the question raised the share of right answers of the default
 * decoder, measured with {@code kvasir bench answers}; MEASURED.md has the table.
 *
 * @param instruction what the decoder is told to do
 * @param examplePassage the passage of the worked example
 * @param exampleQuestion its question
 * @param exampleAnswer its answer
 * @param passage written before every passage
 * @param question written before every question
 * @param answer written behind every question
 */
record Wording(
    String instruction,
    String examplePassage,
    String exampleQuestion,
    String exampleAnswer,
    String passage,
    String question,
    String answer) {
  private static final Wording ENGLISH =
      new Wording(
          "Answer with a few words only. Use the passages if there are any.",
          "The town library opened in 1903 and holds 40,000 books. It is closed on Mondays.",
          "How many books does the library hold?",
          "40,000",
          "Passage: ",
          "Question: ",
          "\nShort answer:");

  private static final Wording CHINESE =
      new Wording(
          "请用几个字回答问题。如果给出了资料，请根据资料回答。",
          "镇图书馆建于1903年，藏书四万册，每周一闭馆。",
          "图书馆有多少藏书？",
          "四万册",
          "资料：",
          "问题：",
          "\n简短回答：");

  /** A question as it stands in a prompt. */
  String asked(String text) {
    return question + text + answer;
  }

  /** The wording for a collection's language: Chinese for {@code zh}, English for every other. */
  static Wording of(String language) {
    return language.startsWith("zh") ? CHINESE : ENGLISH;
  }
}
