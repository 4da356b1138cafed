package io.kvasir.contrast;

/**
 * The sentences of a prompt in one language; every path uses the same ones.
 *
 * <p>One worked example before the question raised the share of right answers of the default
 * decoder, measured with {@code kvasir bench answers}; README has the table.
 *
 * @param instruction what the decoder is told to do
 * @param examplePassage the passage of the worked example
 * @param exampleQuestion its question
 * @param exampleAnswer its answer
 * @param question written before every question
 */
record Wording(
    String instruction,
    String examplePassage,
    String exampleQuestion,
    String exampleAnswer,
    String question) {
  private static final Wording ENGLISH =
      new Wording(
          "Answer the question briefly. Use the passages if there are any.",
          "The Rhine rises in the Swiss Alps and flows into the North Sea near Rotterdam.",
          "Where does the Rhine end?",
          "In the North Sea, near Rotterdam.",
          "Question: ");

  private static final Wording CHINESE =
      new Wording(
          "请简短地回答问题。如果给出了资料，请根据资料回答。",
          "莱茵河发源于瑞士的阿尔卑斯山，在鹿特丹附近流入北海。",
          "莱茵河流到哪里？",
          "在鹿特丹附近流入北海。",
          "问题：");

  /** The wording for a collection's language: Chinese for {@code zh}, English for every other. */
  static Wording of(String language) {
    return language.startsWith("zh") ? CHINESE : ENGLISH;
  }
}
