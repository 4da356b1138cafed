package io.kvasir.ingest.reader;

import io.kvasir.ingest.format.LoadedDocument;
import io.kvasir.ingest.format.LoadedDocument.Block;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a document goes from the process that read it to the one that asked. Each path of headings is
 * written once, however many blocks stand under it.
 */
final class DocumentWire {
  private static final int NO_PAGE = -1;

  private final long mostBytes;
  private long bytes;

  /** One that writes or reads so many bytes of text at the most. */
  DocumentWire(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** A document has more text than goes through. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  void write(LoadedDocument document, DataOutputStream out) throws IOException {
    writeText(document.title(), out);
    writeText(document.mediaType(), out);
    out.writeInt(document.reader());
    writePage(document.pages(), out);
    writeTexts(document.notes(), out);
    writeText(document.text(), out);
    Map<List<String>, Integer> paths = new LinkedHashMap<>();
    for (Block block : document.blocks()) {
      paths.putIfAbsent(block.headings(), paths.size());
    }
    out.writeInt(paths.size());
    for (List<String> path : paths.keySet()) {
      writeTexts(path, out);
    }
    out.writeInt(document.blocks().size());
    for (Block block : document.blocks()) {
      out.writeInt(block.start());
      out.writeInt(block.end());
      out.writeByte(block.level());
      Integer path = paths.get(block.headings());
      out.writeInt(path == null ? 0 : path);
      writePage(block.page(), out);
      String fields = block.fields();
      out.writeBoolean(fields != null);
      if (fields != null) {
        writeText(fields, out);
      }
    }
  }

  LoadedDocument read(DataInputStream in) throws IOException {
    String title = readText(in);
    String mediaType = readText(in);
    int reader = in.readInt();
    Integer pages = readPage(in);
    List<String> notes = readTexts(in);
    String text = readText(in);
    int paths = in.readInt();
    List<List<String>> headings = new ArrayList<>();
    for (int i = 0; i < paths; i++) {
      headings.add(readTexts(in));
    }
    int count = in.readInt();
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      count(Long.BYTES);
      int start = in.readInt();
      int end = in.readInt();
      int level = in.readByte();
      List<String> path = headings.get(in.readInt());
      Integer page = readPage(in);
      String fields = in.readBoolean() ? readText(in) : null;
      blocks.add(new Block(start, end, level, path, page, fields));
    }
    return new LoadedDocument(title, mediaType, reader, pages, text, blocks, notes);
  }

  void writeText(String text, DataOutputStream out) throws IOException {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    count(encoded.length);
    out.writeInt(encoded.length);
    out.write(encoded);
  }

  String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    count(length);
    byte[] encoded = in.readNBytes(length);
    if (encoded.length < length) {
      throw new EOFException("a text ends early");
    }
    return new String(encoded, StandardCharsets.UTF_8);
  }

  private void writeTexts(List<String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      writeText(text, out);
    }
  }

  private List<String> readTexts(DataInputStream in) throws IOException {
    int size = in.readInt();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      count(Integer.BYTES);
      texts.add(readText(in));
    }
    return texts;
  }

  private static void writePage(@Nullable Integer page, DataOutputStream out) throws IOException {
    out.writeInt(page == null ? NO_PAGE : page);
  }

  private static @Nullable Integer readPage(DataInputStream in) throws IOException {
    int page = in.readInt();
    return page == NO_PAGE ? null : page;
  }

  private void count(long more) throws TooLargeException {
    bytes += more;
    if (more < 0 || bytes > mostBytes) {
      throw new TooLargeException();
    }
  }
}
