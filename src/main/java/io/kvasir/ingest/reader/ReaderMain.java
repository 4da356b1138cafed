package io.kvasir.ingest.reader;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.ingest.format.DocumentLimits;
import io.kvasir.ingest.format.DocumentReader;
import io.kvasir.ingest.format.LoadedDocument;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The process that reads files: takes their names from standard input, one after the other, and
 * writes what they say to standard output. Ends when nobody asks it any more, when whoever asked is
 * gone, and with {@link #OUT_OF_MEMORY} when a file needs more memory than it has.
 */
public final class ReaderMain {
  /** What the JVM gives a process that ran out of memory. */
  static final int OUT_OF_MEMORY = 3;

  /** The answer begins with this when a document follows. */
  static final int DOCUMENT = 1;

  /** The answer begins with this when a kind of problem and a sentence follow. */
  static final int PROBLEM = 2;

  /** How long it waits for the next file before it gives its memory back. */
  private static final int IDLE_SECONDS = 60;

  private static final Logger LOG = Logger.getLogger(ReaderMain.class.getName());

  private final DocumentReader reader;
  private final DocumentLimits limits;
  private final LinkedBlockingQueue<Request> requests = new LinkedBlockingQueue<>();

  private ReaderMain(DocumentLimits limits) {
    this.reader = new DocumentReader(limits);
    this.limits = limits;
  }

  private record Request(String name, Path file) {}

  /** Reads files until nobody asks; the words are the limits, in the order of their record. */
  public static void main(String[] words) throws IOException, InterruptedException {
    DataOutputStream answers =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    // What libraries print must not come between the answers.
    System.setOut(System.err);
    Logger.getLogger("").setLevel(Level.SEVERE);
    LOG.setLevel(Level.INFO);
    standBackForTheServer();
    ReaderMain main =
        new ReaderMain(
            new DocumentLimits(
                Long.parseLong(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2])));
    Thread listener = new Thread(() -> main.listen(System.in), "requests");
    listener.setDaemon(true);
    listener.start();
    main.answer(answers);
    Runtime.getRuntime().halt(0);
  }

  /** When memory runs out, the kernel ends this process and not the one that answers questions. */
  private static void standBackForTheServer() {
    try {
      Files.writeString(Path.of("/proc/self/oom_score_adj"), "1000");
    } catch (IOException e) {
      // Not Linux, or not allowed: the heap's limit holds all the same.
      LOG.log(Level.FINE, "oom_score_adj", e);
    }
  }

  /** Listens while a file is read, too: whoever asked may end meanwhile, and the file never. */
  private void listen(InputStream in) {
    try (DataInputStream asked = new DataInputStream(in)) {
      while (true) {
        requests.add(new Request(asked.readUTF(), Path.of(asked.readUTF())));
      }
    } catch (IOException e) {
      // The end of standard input, most often: there is nobody to tell.
      Runtime.getRuntime().halt(0);
    }
  }

  private void answer(DataOutputStream answers) throws IOException, InterruptedException {
    @Nullable Request request;
    while ((request = requests.poll(IDLE_SECONDS, TimeUnit.SECONDS)) != null) {
      DocumentWire wire = new DocumentWire(ReaderProcess.mostBytes(limits));
      try {
        LoadedDocument document = reader.read(request.name(), request.file());
        answers.writeByte(DOCUMENT);
        wire.write(document, answers);
      } catch (DocumentWire.TooLargeException e) {
        // Half of an answer is written: only the end of the process is understood.
        Runtime.getRuntime().halt(OUT_OF_MEMORY);
      } catch (ProblemException problem) {
        if (!problem.told().equals(problem.getMessage())) {
          LOG.info(request.name() + ": " + problem.getMessage());
        }
        write(problem, wire, answers);
      } catch (NoSuchFileException e) {
        write(new ProblemException(Kind.NOT_FOUND, "is not there any more"), wire, answers);
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.SEVERE, request.name(), e);
        write(
            new ProblemException(
                Kind.INTERNAL, "could not be read, which is a fault of Kvasir; see its log"),
            wire,
            answers);
      }
      answers.flush();
    }
  }

  private static void write(ProblemException problem, DocumentWire wire, DataOutputStream answers)
      throws IOException {
    answers.writeByte(PROBLEM);
    wire.writeText(problem.kind().name(), answers);
    wire.writeText(problem.told(), answers);
  }
}
