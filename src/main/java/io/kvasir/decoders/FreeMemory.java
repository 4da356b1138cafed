package io.kvasir.decoders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** How much memory the kernel could give this process without swapping. */
public final class FreeMemory implements LongSupplier {
  private final Path machine;
  private final Path container;

  /** Of this machine, or of the container that this process is in. */
  public FreeMemory() {
    this(Path.of("/proc/meminfo"), Path.of("/sys/fs/cgroup"));
  }

  FreeMemory(Path machine, Path container) {
    this.machine = machine;
    this.container = container;
  }

  /** Bytes available: what the machine has, or less where a container's limit is nearer. */
  @Override
  public long getAsLong() {
    return Math.min(ofMachine(), ofContainer());
  }

  private long ofMachine() {
    try {
      return number(machine, "MemAvailable:", Long.MAX_VALUE >> 10) << 10;
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  /** Files that were read or written count as used there, but the kernel gives them back. */
  private long ofContainer() {
    try {
      String limit = Files.readString(container.resolve("memory.max")).strip();
      if (limit.equals("max")) {
        return Long.MAX_VALUE;
      }
      long used = Long.parseLong(Files.readString(container.resolve("memory.current")).strip());
      long files = number(container.resolve("memory.stat"), "inactive_file ", 0);
      return Long.parseLong(limit) - used + files;
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  private static long number(Path file, String name, long otherwise) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.substring(name.length()).replaceAll("\\D", ""));
      }
    }
    return otherwise;
  }
}
