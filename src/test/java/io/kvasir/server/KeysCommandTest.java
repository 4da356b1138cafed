package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.cli.CommandLine;
import io.kvasir.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gives out keys learns that they tell nobody apart. */
final class KeysCommandTest {
  @ParameterizedTest
  @ValueSource(strings = {"keys --help", "keys create --help", "keys list -h"})
  void helpSaysWhatAKeyOpens(String line) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    int status =
        new CommandLine(List.copyOf(KeysCommand.all()))
            .run(line.split(" "), new Terminal(out, out, Map.of(), false));
    assertThat(status).isZero();
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("reads, continues and deletes every contrast");
  }
}
