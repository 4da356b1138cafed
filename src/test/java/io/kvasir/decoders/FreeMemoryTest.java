package io.kvasir.decoders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is free is what the machine has, or a container's limit leaves. */
final class FreeMemoryTest {
  @TempDir private Path folder;

  @Test
  void theNearerLimitCountsAndFilesInMemoryAreFree() throws IOException {
    Path machine = write("meminfo", "MemTotal: 9000 kB\nMemAvailable:    5000 kB\n");
    FreeMemory free = new FreeMemory(machine, folder);
    assertThat(free.getAsLong()).as("no container").isEqualTo(5_000 << 10);
    write("memory.max", "max\n");
    assertThat(free.getAsLong()).as("a container without a limit").isEqualTo(5_000 << 10);
    write("memory.max", "4000000\n");
    write("memory.current", "3000000\n");
    write("memory.stat", "anon 500000\nfile 2500000\ninactive_file 2000000\nactive_file 500000\n");
    assertThat(free.getAsLong()).as("a container with a limit").isEqualTo(3_000_000);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
