package io.kvasir.ingest.format;

import java.nio.charset.Charset;

/**
 * What became of bytes that were read as UTF-16 without a mark that tells so. Nearly all bytes can
 * be, so it counts what is in use.
 *
 * @param charset UTF-16, with its order of bytes
 * @param plausibility 0 or less for what is no text, near to 1 for what is nothing but
 */
record WideReading(Charset charset, double plausibility) {
  private static final int SAMPLE = 64 * 1024;

  // Small letters read in the other order of bytes are ideographs: the letters have to win.
  private static final double IDEOGRAPH = 0.99;

  static WideReading of(byte[] bytes, Charset charset) {
    String text = new String(bytes, 0, Math.min(bytes.length, SAMPLE) & ~1, charset);
    double used = 0;
    for (int i = 0; i < text.length(); i++) {
      used += weight(text.charAt(i));
    }
    return new WideReading(charset, used / Math.max(1, text.length()));
  }

  private static double weight(char c) {
    if (c < 0x80) {
      boolean control = c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f';
      return control ? -1 : 1;
    }
    boolean ideograph = c >= 0x4E00 && c <= 0x9FA5;
    boolean hangul = c >= 0xAC00 && c <= 0xD7A3;
    if (ideograph || hangul) {
      return IDEOGRAPH;
    }
    boolean letters = c >= 0xA0 && c <= 0x0EFF && Character.isDefined(c);
    boolean signs = (c >= 0x2010 && c <= 0x2030) || (c >= 0x3000 && c <= 0x30FF);
    boolean broad = c >= 0xFF01 && c <= 0xFF5E;
    return letters || signs || broad ? 1 : 0;
  }
}
