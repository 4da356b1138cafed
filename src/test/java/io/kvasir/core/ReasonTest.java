package io.kvasir.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class ReasonTest {
  @Test
  void whatOthersSaidIsNotTold() {
    for (Throwable foreign :
        new Throwable[] {
          new IllegalStateException("org.example.Thing@1 at /srv/data"),
          new CompletionException(new IOException("io.netty: 10.0.0.7:5432")),
          new ConnectException("Connection refused: /10.0.0.7:5432"),
          new NoSuchFileException("/srv/data/a.md"),
          new FileSystemException("/srv/data/a.md", null, "No space left on device"),
          new StackOverflowError(),
          new ProblemException(
              ProblemException.Kind.UNAVAILABLE,
              "the database does not answer",
              "PostgreSQL at 10.0.0.7:5432",
              new IOException())
        }) {
      assertThat(Reason.of(foreign))
          .isNotBlank()
          .doesNotContain("10.0.0.7", "/srv", "org.", "io.", "Exception", "Error");
    }
  }

  @Test
  void whoRunsItReadsMoreThanIsTold() {
    ProblemException problem =
        new ProblemException(
            ProblemException.Kind.UNAVAILABLE, "no answer", "at 10.0.0.7", new IOException());
    assertThat(problem.told()).isEqualTo("no answer");
    assertThat(problem).hasMessage("no answer (at 10.0.0.7)");
  }
}
