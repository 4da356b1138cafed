package io.kvasir.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** How much memory the kernel could give this process without swapping. */
public final class FreeMemory implements LongSupplier {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Path LIMIT = Path.of("/sys/fs/cgroup/memory.max");
  private static final Path USED = Path.of("/sys/fs/cgroup/memory.current");

  /** Bytes available: what the machine has, or less where a container's limit is nearer. */
  @Override
  public long getAsLong() {
    return Math.min(machine(), container());
  }

  private static long machine() {
    try {
      for (String line : Files.readAllLines(MEMORY)) {
        if (line.startsWith("MemAvailable:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
    return Long.MAX_VALUE;
  }

  private static long container() {
    try {
      String limit = Files.readString(LIMIT).strip();
      return limit.equals("max")
          ? Long.MAX_VALUE
          : Long.parseLong(limit) - Long.parseLong(Files.readString(USED).strip());
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }
}
