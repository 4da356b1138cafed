package io.kvasir.evidence;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.PromptPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What chosen tokens of an answer attended to, by chosen heads. Values for each part are in the
 * order of the parts.
 *
 * @param path which path
 * @param tokens places in the answer
 * @param selected the heads that are averaged, as [layer, head]
 * @param parts of the prompt; the last is the answer
 * @param mass share of the attention; adds up to 1
 * @param lift mass over the part's share of the tokens read
 * @param share softmax of the scores over the passages alone; 0 for other parts
 * @param score ln Σ_j e^{q·k_j/√d}, before the softmax: a passage keeps it when others are added;
 *     null for what some token did not see
 * @param layers of the decoder
 * @param heads of a layer
 * @param headMass mass of every head: [layers][heads][parts]
 * @param headScore score of every head: [layers][heads][parts]
 * @param positions single positions; null if not asked for
 * @param step the four steps of one head at one token; null unless exactly one was chosen
 */
public record AttentionView(
    AnswerPath path,
    List<Integer> tokens,
    List<List<Integer>> selected,
    List<PromptPart> parts,
    List<Double> mass,
    List<Double> lift,
    List<Double> share,
    List<@Nullable Double> score,
    int layers,
    int heads,
    List<List<List<Double>>> headMass,
    List<List<List<@Nullable Double>>> headScore,
    @Nullable Positions positions,
    @Nullable Step step) {
  /**
   * Attention to single positions.
   *
   * @param pieces the text of every token that was read
   * @param attention for each chosen token, what each position it sees got; adds up to 1
   */
  public record Positions(List<String> pieces, List<float[]> attention) {}

  /**
   * One head at one token.
   *
   * @param layer from 0
   * @param head of the layer
   * @param token its place in the answer
   * @param query its query state, rotated to its position
   * @param parts what came of it
   */
  public record Step(int layer, int head, int token, Query query, List<PartStep> parts) {}

  /**
   * A query state.
   *
   * @param first its first components
   * @param norm its Euclidean length
   */
  public record Query(List<Float> first, double norm) {}

  /**
   * Similarity, selection and content of one part.
   *
   * @param score ln Σ e^{q·k/√d}; null if it is not seen
   * @param mass after the softmax
   * @param value length of its weighted sum of values
   */
  public record PartStep(@Nullable Double score, double mass, double value) {}
}
