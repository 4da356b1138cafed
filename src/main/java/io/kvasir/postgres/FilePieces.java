package io.kvasir.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;
import java.util.List;

/** Local files in pieces, so that neither side ever holds a whole one. */
final class FilePieces {
  /** How much of a file goes to the database or comes from it at once. */
  static final int BYTES = 1 << 20;

  /** What is done with a piece. */
  interface Taker {
    /** The pieces come in order from 0, the next one once this one is done with. */
    Future<?> take(int piece, Buffer content);
  }

  private FilePieces() {}

  /** Reads a file to its end. */
  static Future<Void> each(Vertx vertx, Path file, Taker taker) {
    return vertx
        .fileSystem()
        .open(file.toString(), new OpenOptions().setWrite(false))
        .compose(open -> each(open, taker, 0).eventually(open::close));
  }

  private static Future<Void> each(AsyncFile open, Taker taker, int piece) {
    return open.read(Buffer.buffer(BYTES), 0, (long) piece * BYTES, BYTES)
        .compose(
            content ->
                content.length() == 0
                    ? Future.succeededFuture()
                    : taker.take(piece, content).compose(taken -> each(open, taker, piece + 1)));
  }

  /** The one piece that a statement brought; of no length if it brought none. */
  static byte[] only(List<Buffer> found) {
    return found.isEmpty() ? new byte[0] : found.get(0).getBytes();
  }
}
