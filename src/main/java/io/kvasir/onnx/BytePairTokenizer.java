package io.kvasir.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Reason;
import io.kvasir.generate.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A byte-level BPE tokenizer from a {@code tokenizer.json}. The native tokenizer is given the
 * vocabulary without its marks, so no text can become one; marks are found here, and only in
 * templates.
 */
public final class BytePairTokenizer implements Tokenizer {
  private static final byte[] NO_BYTES = {};
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  private final NativeTokenizer plain;
  private final @Nullable String[] names;
  private final byte[][] bytes;
  private final Map<String, Integer> marks;
  private final Pattern markPattern;

  private BytePairTokenizer(
      NativeTokenizer plain, @Nullable String[] names, byte[][] bytes, Map<String, Integer> marks) {
    this.plain = plain;
    this.names = names;
    this.bytes = bytes;
    this.marks = marks;
    // Longest first, so that a mark which another begins with does not hide it.
    this.markPattern =
        Pattern.compile(
            marks.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
  }

  /**
   * Reads a tokenizer.
   *
   * @throws ProblemException INVALID if the file cannot be read or is no byte-level BPE
   */
  public static BytePairTokenizer load(Path file) {
    try {
      // Both must be set before the tokenizer's classes load: it would call home otherwise.
      System.setProperty("ai.djl.offline", "true");
      System.setProperty("OPT_OUT_TRACKING", "true");
      ObjectMapper mapper = new ObjectMapper();
      JsonNode json = mapper.readTree(Files.newInputStream(file));
      if (!(json instanceof ObjectNode root) || !json.path("model").path("vocab").isObject()) {
        throw new ProblemException(
            ProblemException.Kind.INVALID, file + " has no vocabulary; import the model again");
      }
      if (!"ByteLevel".equals(json.path("decoder").path("type").asText())) {
        throw new ProblemException(
            ProblemException.Kind.INVALID,
            file + " is not a byte-level tokenizer, the only kind that is supported");
      }
      Map<String, Integer> marks = new HashMap<>();
      json.path("added_tokens")
          .forEach(mark -> marks.put(mark.path("content").asText(), mark.path("id").asInt()));
      int size = marks.values().stream().mapToInt(id -> id + 1).max().orElse(0);
      JsonNode vocabulary = json.path("model").path("vocab");
      for (JsonNode id : vocabulary) {
        size = Math.max(size, id.asInt() + 1);
      }
      @Nullable String[] names = new String[size];
      byte[][] bytes = new byte[size][];
      Arrays.fill(bytes, NO_BYTES);
      vocabulary
          .properties()
          .forEach(
              entry -> {
                names[entry.getValue().asInt()] = entry.getKey();
                bytes[entry.getValue().asInt()] = ByteLevelAlphabet.bytes(entry.getKey());
              });
      marks.forEach(
          (name, id) -> {
            names[id] = name;
            bytes[id] = NO_BYTES;
          });
      root.remove("added_tokens");
      root.putArray("added_tokens");
      root.putNull("post_processor");
      root.putNull("truncation");
      root.putNull("padding");
      NativeTokenizer plain = NativeTokenizer.of(mapper.writeValueAsBytes(root), OPTIONS);
      return new BytePairTokenizer(plain, names, bytes, marks);
    } catch (IOException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          file.getFileName() + " cannot be read: " + Reason.of(e),
          String.valueOf(e.getMessage()),
          e);
    }
  }

  @Override
  public int[] encode(String text) {
    if (text.isEmpty()) {
      return new int[0];
    }
    long[] ids = plain.ids(text, false);
    int[] tokens = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      tokens[i] = (int) ids[i];
    }
    return tokens;
  }

  @Override
  public int[] encodeTemplate(String text) {
    if (marks.isEmpty()) {
      return encode(text);
    }
    int[] tokens = new int[0];
    Matcher matcher = markPattern.matcher(text);
    int end = 0;
    while (matcher.find()) {
      tokens = join(tokens, encode(text.substring(end, matcher.start())));
      Integer mark = marks.get(matcher.group());
      tokens = mark == null ? tokens : join(tokens, new int[] {mark});
      end = matcher.end();
    }
    return join(tokens, encode(text.substring(end)));
  }

  private static int[] join(int[] first, int[] second) {
    int[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Override
  public byte[] bytes(int id) {
    return id >= 0 && id < bytes.length ? bytes[id] : NO_BYTES;
  }

  @Override
  public @Nullable String name(int id) {
    return id >= 0 && id < names.length ? names[id] : null;
  }

  @Override
  public void close() {
    plain.close();
  }
}
