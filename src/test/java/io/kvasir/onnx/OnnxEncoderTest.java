package io.kvasir.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.EncoderModel;
import io.kvasir.models.Catalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every encoder that comes with the product keeps, and what each of them is good at. */
@Tag("slow")
final class OnnxEncoderTest {
  static List<EncoderModel> models() {
    return Catalogue.shipped().encoders();
  }

  @ParameterizedTest
  @MethodSource("models")
  void embeddingsHaveTheStatedDimensionsAndUnitLength(EncoderModel model) {
    try (Encoder encoder = OnnxEncoder.open(model, 1)) {
      float[] question =
          encoder.encodeQuestion("What is Debian? 什么是软件包？").toCompletableFuture().join();
      assertThat(question).hasSize(encoder.description().dimensions());
      assertThat(dot(question, question)).isCloseTo(1, within(1e-4));
      assertThat(passages(encoder, "", "x", "word ".repeat(5_000)))
          .hasSize(3)
          .allSatisfy(each -> assertThat(dot(each, each)).isCloseTo(1, within(1e-4)));
      assertThat(passages(encoder)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void passagesKeepTheirOrderWhateverTheirLength(EncoderModel model) {
    try (Encoder encoder = OnnxEncoder.open(model, 1)) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        texts.add(
            "Number " + i + " speaks of " + "kernel packages and mirrors ".repeat(i * 7 % 12));
      }
      List<float[]> together = passages(encoder, texts.toArray(String[]::new));
      for (int i = 0; i < texts.size(); i++) {
        float[] alone = passages(encoder, texts.get(i)).get(0);
        // Activations are quantised over the whole batch, so neighbours show in the last digits.
        assertThat(dot(alone, together.get(i))).as(texts.get(i)).isGreaterThan(0.97);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void tokensAreTheTextThatTheySpell(EncoderModel model) throws Exception {
    try (Encoder encoder = OnnxEncoder.open(model, 1);
        HuggingFaceTokenizer tokenizer =
            HuggingFaceTokenizer.newInstance(
                OnnxEncoder.class.getResourceAsStream(model.tokenizer()), Map.of())) {
      String text = "debian packages 软件 包";
      int[] tokens =
          Arrays.stream(tokenizer.encode(text, false, false).getIds())
              .mapToInt(Math::toIntExact)
              .toArray();

      float[] embedded = encoder.encodeTokens(List.of(tokens)).toCompletableFuture().join().get(0);

      assertThat(dot(embedded, passages(encoder, text).get(0))).isCloseTo(1, within(1e-4));
      assertThat(encoder.vocabulary()).isGreaterThan(Arrays.stream(tokens).max().orElseThrow());
      assertThat(tokenizer.decode(new long[] {encoder.vocabulary() - 1}, false)).isNotEmpty();
      assertThat(tokenizer.decode(new long[] {encoder.vocabulary()}, false)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatBelongsTogetherIsRelevantAndWhatDoesNotIsNot(EncoderModel model) {
    boolean chinese = model.description().languages().contains("zh");
    try (Encoder encoder = OnnxEncoder.open(model, 1)) {
      float[] question =
          encoder
              .encodeQuestion(chinese ? "怎样卸载一个软件包？" : "How do I remove a package?")
              .toCompletableFuture()
              .join();
      List<float[]> passages =
          chinese
              ? passages(encoder, "用 apt remove 可以删除已经安装的软件包。", "这支乐队昨晚在维也纳演出了三首新歌。")
              : passages(
                  encoder,
                  "apt remove uninstalls a package and keeps its configuration.",
                  "The orchestra played three new pieces in Vienna last night.");
      double least = model.description().relevantCosine();
      assertThat(dot(question, passages.get(0))).isGreaterThan(least);
      assertThat(dot(question, passages.get(1))).isLessThan(least);
    }
  }

  @Test
  void englishMeaningIsNearerThanEnglishWords() {
    try (Encoder encoder = OnnxEncoder.open(Catalogue.shipped().encoder("en"), 1)) {
      float[] question =
          encoder.encodeQuestion("How do I remove a program?").toCompletableFuture().join();
      List<float[]> passages =
          passages(
              encoder, "Uninstalling software with apt", "I remove the program of the concert");
      assertThat(dot(question, passages.get(0))).isGreaterThan(dot(question, passages.get(1)));
    }
  }

  @Test
  void chineseQuestionsFindTheirPassagesAndCaseDoesNotMatter() {
    try (Encoder encoder = OnnxEncoder.open(Catalogue.shipped().encoder("zh-Hans"), 1)) {
      float[] question = encoder.encodeQuestion("怎样卸载软件？").toCompletableFuture().join();
      List<float[]> passages = passages(encoder, "用 APT 删除一个软件包", "这首歌很好听", "用 apt 删除一个软件包");
      assertThat(dot(question, passages.get(0)))
          .isGreaterThan(dot(question, passages.get(1)) + 0.1);
      assertThat(dot(passages.get(0), passages.get(2))).isGreaterThan(0.999);
      assertThat(encoder.countTokens("软件包")).isEqualTo(3);
    }
  }

  @Test
  void countingIsNotCutShort() {
    try (Encoder encoder = OnnxEncoder.open(Catalogue.shipped().encoder("en"), 1)) {
      assertThat(encoder.countTokens("kernel ".repeat(1_000))).isEqualTo(1_000);
      assertThat(encoder.countTokens("")).isZero();
    }
  }

  @Test
  void aQuestionDoesNotWaitForAllPassages() {
    try (Encoder encoder = OnnxEncoder.open(Catalogue.shipped().encoder("en"), 1)) {
      AtomicInteger order = new AtomicInteger();
      CompletableFuture<Integer> passages =
          encoder
              .encodePassages(
                  List.of("word ".repeat(250).repeat(1), "a".repeat(900)).stream()
                      .flatMap(text -> java.util.stream.Stream.generate(() -> text).limit(40))
                      .toList())
              .thenApply(done -> order.incrementAndGet())
              .toCompletableFuture();
      CompletableFuture<Integer> question =
          encoder
              .encodeQuestion("first?")
              .thenApply(done -> order.incrementAndGet())
              .toCompletableFuture();
      assertThat(question.join()).isEqualTo(1);
      assertThat(passages.join()).isEqualTo(2);
    }
  }

  private static List<float[]> passages(Encoder encoder, String... texts) {
    return encoder.encodePassages(List.of(texts)).toCompletableFuture().join();
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
