package io.kvasir.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Sampling;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Persons go before experiments, and are never overtaken. */
final class WaitingLineTest {
  private final WaitingLine line = new WaitingLine("tiny", 16);

  private List<Sequence> add(Priority priority, int size) {
    Prompt prompt =
        new Prompt(new int[] {1}, "x", List.of(new PromptPart(PromptPart.Kind.QUESTION, 1, null)));
    List<Sequence> group =
        IntStream.range(0, size)
            .mapToObj(
                each ->
                    new Sequence(
                        new GenerationRequest(
                            prompt,
                            new int[0],
                            Sampling.GREEDY,
                            false,
                            priority,
                            PromptRows.none()),
                        event -> {},
                        () -> {},
                        AttentionPrecision.FLOAT32))
            .toList();
    line.add(group);
    return group;
  }

  @Test
  void aPersonGoesBeforeAnExperimentThatCameFirst() {
    List<Sequence> first = add(Priority.EXPERIMENT, 1);
    List<Sequence> second = add(Priority.EXPERIMENT, 1);
    List<Sequence> person = add(Priority.PERSON, 3);

    assertThat(line.poll(4, 2)).isEqualTo(person);
    assertThat(line.poll(4, 2)).isEqualTo(first);
    assertThat(line.poll(4, 2)).isEqualTo(second);
    assertThat(line.poll(4, 2)).isNull();
  }

  @Test
  void nothingOvertakesAPersonForWhomThereIsNoRoomYet() {
    add(Priority.EXPERIMENT, 1);
    List<Sequence> person = add(Priority.PERSON, 3);

    assertThat(line.poll(2, 2)).isNull();
    assertThat(line.poll(3, 2)).isEqualTo(person);
  }

  @Test
  void anExperimentWaitsForItsShareOfTheSlots() {
    List<Sequence> experiment = add(Priority.EXPERIMENT, 2);

    assertThat(line.poll(4, 1)).isNull();
    assertThat(line.poll(1, 4)).isNull();
    assertThat(line.poll(4, 2)).isEqualTo(experiment);
  }
}
