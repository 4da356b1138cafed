package io.kvasir.http.guard;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.Serial;
import java.util.List;

/**
 * Reads requests more strictly than the platform does: where a proxy in front could see another end
 * of a body, or another header, there is no request. What follows on the connection is thrown away.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
  /** Why something is no request, in words for its sender. */
  static final class NoRequestException extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1L;

    NoRequestException(String message) {
      super(message);
    }
  }

  private final Runnable brokenBody;
  private boolean inHead = true;
  private boolean afterFirstLine;
  private boolean broken;

  private StrictRequestDecoder(HttpServerOptions options, Runnable brokenBody) {
    super(options);
    this.brokenBody = brokenBody;
  }

  /**
   * Takes the place of the platform's decoder of a new connection.
   *
   * @param brokenBody told, on the event loop, that the chunks of a body cannot be read
   */
  static void install(HttpConnection connection, HttpServerOptions options, Runnable brokenBody) {
    ((ConnectionBase) connection)
        .channelHandlerContext()
        .pipeline()
        .replace(
            VertxHttpRequestDecoder.class,
            "httpDecoder",
            new StrictRequestDecoder(options, brokenBody));
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out)
      throws Exception {
    if (broken) {
      buffer.skipBytes(buffer.readableBytes());
      return;
    }
    if (inHead && hasFoldedLine(buffer)) {
      HttpMessage refused = createInvalidMessage();
      refused.setDecoderResult(
          DecoderResult.failure(new NoRequestException("A header must stand on one line.")));
      out.add(refused);
      buffer.skipBytes(buffer.readableBytes());
      broken = true;
      return;
    }
    int known = out.size();
    super.decode(context, buffer, out);
    for (Object read : List.copyOf(out.subList(known, out.size()))) {
      follow(read, out);
    }
  }

  private void follow(Object read, List<Object> out) {
    if (read instanceof HttpMessage message) {
      inHead = false;
      afterFirstLine = false;
      broken = message.decoderResult().isFailure();
    } else if (read instanceof HttpContent content && content.decoderResult().isFailure()) {
      // The platform would close the connection without a word.
      out.remove(read);
      broken = true;
      brokenBody.run();
    } else if (read instanceof LastHttpContent) {
      inHead = true;
    }
  }

  /** Folded lines are obsolete, and not read alike by all (RFC 9112, 5.2). */
  private boolean hasFoldedLine(ByteBuf buffer) {
    boolean begun = afterFirstLine;
    boolean atLineStart = afterFirstLine;
    for (int index = buffer.readerIndex(); index < buffer.writerIndex(); index++) {
      byte unit = buffer.getByte(index);
      if (begun && atLineStart) {
        if (unit == ' ' || unit == '\t') {
          return true;
        }
        if (unit == '\r' || unit == '\n') {
          return false;
        }
      }
      begun |= unit != '\r' && unit != '\n';
      atLineStart = unit == '\n';
    }
    return false;
  }

  @Override
  protected HttpMessage createMessage(String[] line) {
    HttpMessage message = super.createMessage(line);
    HttpVersion version = message.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      throw new NoRequestException("This server speaks HTTP/1.1 and HTTP/1.0.");
    }
    afterFirstLine = true;
    return message;
  }

  /** The platform asks this when all headers are there and before it looks for the body's end. */
  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    HttpHeaders headers = message.headers();
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!codings.isEmpty()) {
      if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
        throw new NoRequestException(
            "A request has the header content-length or transfer-encoding, not both.");
      }
      if (codings.size() > 1 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))) {
        throw new NoRequestException(
            "Of the header transfer-encoding, only chunked is understood, once.");
      }
      if (!message.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
        throw new NoRequestException("HTTP/1.0 has no header transfer-encoding.");
      }
    }
    if (headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)) {
      // It would be given a body of 8 bytes, whatever its headers say.
      throw new NoRequestException("This server speaks no WebSocket.");
    }
    return super.isContentAlwaysEmpty(message);
  }
}
