package io.kvasir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * llama.cpp on the same weights, by its own benches: {@code llama-bench} and {@code
 * llama-batched-bench}. It is no part of the product; {@code ./kvasir bench engine --peer} fetches
 * and builds it.
 */
final class EnginePeer {
  /** Its formats: the file as it is, and the same weights rounded again. */
  enum Format {
    /** 8 bits a weight: what Kvasir's own format is compared with. */
    Q8_0,
    /** 4 bits a weight: faster, and worse where the file was not made in it. */
    Q4_0,
    /** As the file is. */
    FILE
  }

  private static final long MOST_MINUTES = 10;

  private final Path programs;
  private final Path gguf;
  private final Path work;
  private final int threads;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * A peer.
   *
   * @param programs the folder with its programs
   * @param gguf the weights
   * @param work a folder for what it makes of them
   * @param threads of one pass
   */
  EnginePeer(Path programs, Path gguf, Path work, int threads) {
    this.programs = programs;
    this.gguf = gguf;
    this.work = work;
    this.threads = threads;
  }

  /** The weights in a format, made if they are not there yet. */
  Path weights(Format format) {
    return format == Format.FILE ? gguf : quantised(format.name());
  }

  /** The weights in any type that {@code llama-quantize} knows. */
  Path quantised(String type) {
    Path made = work.resolve(gguf.getFileName() + "." + type);
    if (!Files.exists(made)) {
      Path partial = work.resolve(made.getFileName() + ".part");
      run(
          "llama-quantize",
          List.of("--allow-requantize", gguf.toString(), partial.toString(), type));
      try {
        Files.createDirectories(work);
        Files.move(partial, made);
      } catch (IOException e) {
        throw failed("llama-quantize", e.toString(), e);
      }
    }
    return made;
  }

  /** Measures every speed once. */
  Map<EngineSpeed, Double> measure(Format format) {
    Map<EngineSpeed, Double> speeds = new EnumMap<>(EngineSpeed.class);
    String weights = weights(format).toString();
    String answer = Integer.toString(EngineLoad.TOKENS);
    String depths = EngineSpeed.SHORT + "," + EngineSpeed.LONG;
    JsonNode decode = bench(List.of("-m", weights, "-p", "0", "-n", answer, "-d", depths));
    speeds.put(EngineSpeed.DECODE_SHORT, speed(decode, EngineSpeed.SHORT));
    speeds.put(EngineSpeed.DECODE_LONG, speed(decode, EngineSpeed.LONG));
    String read = Integer.toString(EngineSpeed.READ);
    speeds.put(EngineSpeed.PREFILL, speed(bench(List.of("-m", weights, "-p", read, "-n", "0")), 0));
    speeds.put(EngineSpeed.DECODE_TOGETHER, together(weights, answer));
    return speeds;
  }

  /** Tokens a second of the test behind so many tokens. */
  private static double speed(JsonNode tests, int depth) {
    for (JsonNode test : tests) {
      if (test.path("n_depth").asInt(-1) == depth && test.path("avg_ts").isNumber()) {
        return test.path("avg_ts").asDouble();
      }
    }
    throw failed("llama-bench", "it printed no result behind " + depth + " tokens: " + tests);
  }

  private JsonNode bench(List<String> test) {
    List<String> arguments = new ArrayList<>(test);
    arguments.addAll(List.of("-t", Integer.toString(threads), "-r", "1", "-o", "json"));
    String output = run("llama-bench", arguments);
    try {
      return json.readTree(output.substring(Math.max(0, output.indexOf('['))));
    } catch (IOException e) {
      throw failed("llama-bench", "it printed no JSON: " + output, e);
    }
  }

  private double together(String weights, String answer) {
    String streams = Integer.toString(EngineSpeed.STREAMS);
    String output =
        run(
            "llama-batched-bench",
            List.of(
                "-m",
                weights,
                "-c",
                "4096",
                "-npp",
                Integer.toString(EngineSpeed.SHORT),
                "-ntg",
                answer,
                "-npl",
                streams,
                "-pps",
                "-t",
                Integer.toString(threads),
                "-tb",
                Integer.toString(threads),
                "--output-format",
                "jsonl"));
    for (String line : output.lines().filter(each -> each.startsWith("{")).toList()) {
      try {
        return json.readTree(line).path("speed_tg").asDouble();
      } catch (IOException e) {
        throw failed("llama-batched-bench", "it printed no JSON: " + line, e);
      }
    }
    throw failed("llama-batched-bench", "it printed no result: " + output);
  }

  /** Which build it is: what the launcher wrote beside its programs. */
  String version() {
    try {
      return Files.readString(programs.resolve("VERSION")).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Runs one of its programs and gives what it prints. Blocks. */
  String run(String program, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(programs.resolve(program).toString()));
    command.addAll(arguments);
    Path complaints = null;
    try {
      Files.createDirectories(work);
      complaints = Files.createTempFile(work, program, ".log");
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(complaints.toFile());
      // The peer runs as it comes: the launcher sets this for Kvasir.
      builder.environment().remove("GLIBC_TUNABLES");
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroy();
        throw failed(program, "see " + complaints);
      }
      Files.delete(complaints);
      return output;
    } catch (IOException e) {
      throw failed(program, e + (complaints == null ? "" : "; see " + complaints), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(program, "it was interrupted", e);
    }
  }

  /** What is said of a program that failed. */
  static ProblemException failed(String program, String why) {
    return new ProblemException(ProblemException.Kind.UNAVAILABLE, message(program, why));
  }

  private static ProblemException failed(String program, String why, Throwable cause) {
    return new ProblemException(ProblemException.Kind.UNAVAILABLE, message(program, why), cause);
  }

  private static String message(String program, String why) {
    return "%s of the peer failed: %s; to build it anew remove its folder, then ./kvasir bench engine --peer"
        .formatted(program, why);
  }
}
