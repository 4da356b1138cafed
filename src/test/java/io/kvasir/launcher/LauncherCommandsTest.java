package io.kvasir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What README says can be typed, the launcher knows and names in its help. */
final class LauncherCommandsTest {
  private static final Pattern TYPED = Pattern.compile("(?m)^ {4}\\./kvasir (\\w+(?: \\| \\w+)*)");
  private static final Pattern KNOWN = Pattern.compile("(?m)^  ([a-z]+(?: \\| [a-z-]+)*)\\)");

  private static Set<String> words(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
      found.addAll(List.of(matcher.group(1).split(" \\| ")));
    }
    return found;
  }

  @Test
  void everyCommandOfReadmeIsKnownAndInTheHelp() throws Exception {
    Set<String> typed = words(TYPED, Files.readString(Path.of("README.md")));
    assertThat(typed).contains("up", "logs", "ask", "eval");
    assertThat(words(KNOWN, Files.readString(Path.of("kvasir")))).containsAll(typed);

    Process launcher =
        new ProcessBuilder("./kvasir", "help")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String help = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(launcher.waitFor()).isZero();
    Stream<String> named = help.lines().filter(line -> line.startsWith("  "));
    assertThat(named.map(line -> line.strip().replaceFirst(" .*", ""))).containsAll(typed);
  }
}
