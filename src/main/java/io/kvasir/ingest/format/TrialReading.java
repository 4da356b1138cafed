package io.kvasir.ingest.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * What became of bytes that were read in a charset to see whether they are in it.
 *
 * @param charset the charset
 * @param characters how many characters beyond ASCII were read
 * @param bad how many sequences of bytes are none of this charset
 * @param tail how many bytes of a character that is cut stand at the end
 * @param odd how many of the characters do not stand so in any text; those that nobody writes twice
 */
record TrialReading(Charset charset, int characters, int bad, int tail, double odd) {
  private static final int CHUNK = 8192;
  private static final double PER_BAD = 2;

  /** Reads bytes. */
  static TrialReading of(byte[] bytes, Charset charset) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(CHUNK);
    Plausibility plausibility = new Plausibility();
    boolean wide = !charset.canEncode() || charset.newEncoder().maxBytesPerChar() > 1;
    int bad = 0;
    int tail = 0;
    boolean more = true;
    while (more) {
      CoderResult result = decoder.decode(in, out, true);
      plausibility.read(out.flip());
      out.clear();
      if (result.isError()) {
        // The rest of a text may be the beginning of a character; one alone tells of no charset.
        boolean cut = wide && result.length() == in.remaining();
        tail = cut ? in.remaining() : 0;
        bad += cut ? 0 : 1;
        in.position(in.position() + result.length());
      }
      more = result.isError() ? in.hasRemaining() : result.isOverflow();
    }
    plausibility.end();
    return new TrialReading(
        charset, plausibility.characters(), bad, tail, plausibility.odd() + PER_BAD * bad);
  }

  /** From 0, for what cannot be text in this charset, to 1. */
  double plausibility() {
    int all = characters + bad;
    return all == 0 ? 1 : Math.max(0, 1 - odd / all);
  }
}
