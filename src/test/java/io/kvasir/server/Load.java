package io.kvasir.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Clients that ask again and again, each soon after its last answer is whole, until told to end.
 * Without a rest they would take the processor from the servers that start meanwhile.
 */
final class Load {
  private static final int TOKENS = 24;
  private static final int REST_MILLISECONDS = 200;

  private final Queue<ReplicaClient.Answer> answers = new ConcurrentLinkedQueue<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  private Load() {}

  /** Begins with so many clients of a port. */
  static Load of(int clients, int port) {
    Load load = new Load();
    for (int i = 0; i < clients; i++) {
      ReplicaClient client = new ReplicaClient(port, "client-" + i);
      Thread thread = new Thread(() -> load.run(client), "client-" + i);
      load.threads.add(thread);
      thread.start();
    }
    return load;
  }

  private void run(ReplicaClient client) {
    try {
      while (!over) {
        ask(client);
        TimeUnit.MILLISECONDS.sleep(REST_MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(ReplicaClient client) throws InterruptedException {
    try {
      ReplicaClient.Answer answer = client.ask("Which frog sings at night?", TOKENS);
      if (answer.ended() || answer.brokenOffInWords()) {
        answers.add(answer);
      } else {
        failures.add("an answer ended without a word: " + answer.events());
      }
    } catch (IOException e) {
      failures.add(e.toString());
    }
  }

  /** Waits until so many more answers have come. */
  void waitForAnswers(int more) throws InterruptedException {
    int enough = answers.size() + more;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (answers.size() < enough) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no answers within a minute; failures: " + failures);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Ends it when every client has its last answer. */
  void end() throws InterruptedException {
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  List<ReplicaClient.Answer> answers() {
    return List.copyOf(answers);
  }

  /** Requests that were refused, and answers that broke off without a word. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** The longest that a client waited for the first word of an answer. */
  Duration longestPause() {
    return answers.stream()
        .map(ReplicaClient.Answer::firstEvent)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
