package io.kvasir.contrast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.contrast.path.Choice;
import io.kvasir.contrast.path.Material;
import io.kvasir.contrast.path.Path;
import io.kvasir.contrast.path.Paths;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.Hit;
import io.kvasir.core.Notice;
import io.kvasir.core.PathTrace;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Trace;
import io.kvasir.generate.ScriptedGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A path that nothing else knows works everywhere once it is listed: one class and one row. */
final class FourthPathTest {
  /** The whole of it: reads what retrieval ranked last. */
  private static final class WorstFirst implements Path {
    @Override
    public AnswerPath name() {
      return new AnswerPath("worst-first");
    }

    @Override
    public Set<Need> needs() {
      return Set.of(Need.RETRIEVAL);
    }

    @Override
    public Choice choose(Material material) {
      List<Hit> hits = material.hits();
      return new Choice(List.of(hits.get(hits.size() - 1).passage()), 1, null);
    }

    @Override
    public List<Hit> shown(Material material) {
      return material.hits();
    }

    @Override
    public boolean usesRank() {
      return true;
    }

    @Override
    public Notice notice(Material material, int inPrompt) {
      return Notice.fromString("The worst of %d.".formatted(material.hits().size()));
    }
  }

  private static final AnswerPath NAME = new AnswerPath("worst-first");

  private final ContrastsUnderTest contrasts =
      new ContrastsUnderTest(
          new ScriptedGenerator(4_000, "yes"),
          "which package has it",
          "package lists",
          "nothing of the kind");

  @AfterEach
  void stop() {
    contrasts.close();
  }

  @Test
  void itIsGatheredForPlannedAnsweredAndKept() throws Exception {
    List<Path> all = new ArrayList<>(Paths.ALL.all());
    all.add(new WorstFirst());

    Trace trace = answered(new Paths(all));

    PathTrace path = trace.paths().get(1);
    assertThat(path.path()).isEqualTo(NAME);
    assertThat(path.answer()).isEqualTo("yes");
    assertThat(path.notice()).isEqualTo(Notice.fromString("The worst of 2."));
    assertThat(path.passages())
        .filteredOn(PathTrace.PassageTrace::used)
        .extracting(PathTrace.PassageTrace::text)
        .containsExactly("package lists");
    assertThat(path.passages()).hasSize(2);
  }

  @Test
  void whereItIsNotListedItIsRefusedByName() {
    assertThatThrownBy(() -> answered(Paths.ALL))
        .rootCause()
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("worst-first")
        .hasMessageContaining("closed-book, rag, attention");
  }

  private Trace answered(Paths paths) throws Exception {
    return contrasts.finished(
        contrasts.service(paths, ContrastLimits.DEFAULT),
        ContrastsUnderTest.request("which package", List.of(AnswerPath.CLOSED_BOOK, NAME), null));
  }
}
