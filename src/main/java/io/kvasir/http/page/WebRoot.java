package io.kvasir.http.page;

import io.kvasir.core.Checksum;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The page's files, read from the class path once and kept in memory, compressed where that pays.
 */
public final class WebRoot {
  private static final String FOLDER = "webroot";
  private static final int WORTH_COMPRESSING = 1_024;

  private static final Map<String, String> MEDIA_TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  /**
   * A file of the page.
   *
   * @param mediaType its type
   * @param etag changes with its content
   * @param content as it is
   * @param compressed by gzip; null where that saves nothing
   */
  record Asset(String mediaType, String etag, Buffer content, @Nullable Buffer compressed) {}

  private final Map<String, Asset> assets;

  private WebRoot(Map<String, Asset> assets) {
    this.assets = Map.copyOf(assets);
  }

  /** Whether a path is that of the page or of one of its files. */
  public boolean has(String path) {
    return path.equals("/") || path.equals("/index.html") || assets.containsKey(path);
  }

  /** A page of given files by path, for example {@code /index.html}. */
  public static WebRoot of(Map<String, byte[]> files) {
    Map<String, Asset> assets = new HashMap<>();
    files.forEach((path, content) -> assets.put(path, asset(path, content)));
    return new WebRoot(assets);
  }

  /** The page that was built into Kvasir; without files if it was built without. Reads files. */
  public static WebRoot load(ClassLoader classes) {
    URL index = classes.getResource(FOLDER + "/index.html");
    if (index == null) {
      return of(Map.of());
    }
    try {
      URI place = index.toURI();
      if (!place.getScheme().equals("jar")) {
        Path file = Path.of(place);
        return of(read(file.resolveSibling(".").normalize()));
      }
      try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
        return of(read(jar.getPath("/" + FOLDER)));
      }
    } catch (URISyntaxException | IOException failure) {
      throw new IllegalStateException("cannot read the page from " + index, failure);
    }
  }

  /** The file at a path, or null. */
  public @Nullable Asset get(String path) {
    return assets.get(path);
  }

  private static Map<String, byte[]> read(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    Map<String, byte[]> contents = new HashMap<>();
    for (Path file : files) {
      String path = folder.relativize(file).toString().replace('\\', '/');
      contents.put("/" + path, Files.readAllBytes(file));
    }
    return contents;
  }

  private static Asset asset(String path, byte[] content) {
    String extension = path.substring(path.lastIndexOf('.') + 1);
    String mediaType = MEDIA_TYPES.getOrDefault(extension, "application/octet-stream");
    byte[] compressed = content.length < WORTH_COMPRESSING ? content : gzip(content);
    return new Asset(
        mediaType,
        "\"" + checksum(content) + "\"",
        Buffer.buffer(content),
        compressed.length < content.length ? Buffer.buffer(compressed) : null);
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
      stream.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static String checksum(byte[] content) {
    return HexFormat.of().formatHex(Checksum.digest().digest(content), 0, 12);
  }
}
