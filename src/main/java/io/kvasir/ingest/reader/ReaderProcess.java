package io.kvasir.ingest.reader;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.ingest.format.DocumentLimits;
import io.kvasir.ingest.format.LoadedDocument;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** One process that reads files, as seen from the one that asks. Used by one thread at a time. */
final class ReaderProcess implements AutoCloseable {
  /** How soon a cancelled reading ends. */
  static final Duration ASKS_EVERY = Duration.ofMillis(200);

  /** What a document's structure may take beside its text. */
  private static final long STRUCTURE_BYTES = 64 << 20;

  private static final int BYTES_OF_A_CHARACTER = 3;
  private static final int END_SECONDS = 10;
  private static final int METASPACE_MEBIBYTES = 128;
  private static final Set<String> INHERITED = Set.of("LANG", "LC_ALL", "LC_CTYPE");

  /** Who does without the compiler for long lives does so here too. */
  private static final List<String> COMPILERS =
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(argument -> argument.startsWith("-XX:TieredStopAtLevel="))
          .toList();

  private final ReaderLimits limits;
  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream answers;
  private volatile boolean idle = true;

  /** The process ended, whatever for, and gave no answer. */
  static final class ReaderEndedException extends Exception {
    private static final long serialVersionUID = 1L;
    final int status;

    ReaderEndedException(int status) {
      super("a reader ended with status " + status);
      this.status = status;
    }
  }

  private ReaderProcess(ReaderLimits limits, Process process) {
    this.limits = limits;
    this.process = process;
    this.requests = new DataOutputStream(process.getOutputStream());
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /** The most bytes of an answer. */
  static long mostBytes(DocumentLimits limits) {
    return (long) limits.maxCharacters() * BYTES_OF_A_CHARACTER + STRUCTURE_BYTES;
  }

  static ReaderProcess start(ReaderLimits limits) throws IOException {
    DocumentLimits documents = limits.documents();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(COMPILERS);
    command.addAll(
        List.of(
            "-Xmx" + limits.heapBytes(),
            "-XX:MaxMetaspaceSize=" + METASPACE_MEBIBYTES + "m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+DisplayVMOutputToStderr",
            "-XX:-UsePerfData",
            "-Dfile.encoding=UTF-8",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            ReaderMain.class.getName(),
            Long.toString(documents.maxFileBytes()),
            Integer.toString(documents.maxPages()),
            Integer.toString(documents.maxCharacters())));
    ProcessBuilder builder = new ProcessBuilder(command);
    // It needs nothing of the server's, least of all its secrets.
    builder.environment().keySet().retainAll(INHERITED);
    return new ReaderProcess(
        limits, builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /**
   * Reads a file.
   *
   * @param cancelled asked now and then
   * @throws ProblemException with what is wrong with the file
   * @throws CancellationException if that was asked for
   * @throws ReaderEndedException if the process ended without an answer
   */
  LoadedDocument read(String name, Path file, BooleanSupplier cancelled)
      throws ReaderEndedException, InterruptedException {
    idle = false;
    try {
      requests.writeUTF(name);
      requests.writeUTF(file.toAbsolutePath().toString());
      requests.flush();
    } catch (IOException e) {
      throw ended();
    }
    CompletableFuture<LoadedDocument> answer = new CompletableFuture<>();
    Thread listener = new Thread(() -> listen(answer), "reader");
    listener.setDaemon(true);
    listener.start();
    return await(answer, cancelled);
  }

  private void listen(CompletableFuture<LoadedDocument> answer) {
    try {
      answer.complete(answer());
    } catch (IOException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private LoadedDocument answer() throws IOException {
    DocumentWire wire = new DocumentWire(mostBytes(limits.documents()));
    switch (answers.readByte()) {
      case ReaderMain.DOCUMENT -> {
        LoadedDocument document = wire.read(answers);
        idle = true;
        return document;
      }
      case ReaderMain.PROBLEM -> {
        Kind kind = Kind.valueOf(wire.readText(answers));
        String sentence = wire.readText(answers);
        idle = true;
        throw new ProblemException(kind, sentence);
      }
      default -> throw new IOException("no answer of a reader begins so");
    }
  }

  private LoadedDocument await(CompletableFuture<LoadedDocument> answer, BooleanSupplier cancelled)
      throws ReaderEndedException, InterruptedException {
    long deadline = System.nanoTime() + limits.perFile().toNanos();
    while (true) {
      try {
        return answer.get(ASKS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        if (cancelled.getAsBoolean()) {
          throw new CancellationException("cancelled");
        }
        if (System.nanoTime() > deadline) {
          throw new ProblemException(
              Kind.TOO_LARGE,
              "takes more than %d s to read; split it or raise the setting ingest.file-seconds"
                  .formatted(limits.perFile().toSeconds()));
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof ProblemException problem) {
          throw problem;
        }
        throw ended();
      }
    }
  }

  private ReaderEndedException ended() throws InterruptedException {
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new ReaderEndedException(process.waitFor());
  }

  /** Whether it has nothing to do and can be asked once more. */
  boolean isIdle() {
    return idle && process.isAlive();
  }

  /** Ends the process whatever it does. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
