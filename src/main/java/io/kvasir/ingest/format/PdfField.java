package io.kvasir.ingest.format;

import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.jspecify.annotations.Nullable;

/** Tells what is filled into a field of a form, as one reads it. */
final class PdfField {
  private static final int MAX_PARENTS = 32;
  private static final int PASSWORD = 1 << 13;
  private static final int PUSH_BUTTON = 1 << 16;
  private static final String OFF = "Off";

  private PdfField() {}

  /** What is seen in a field's place; empty if nothing is. */
  static String words(COSDictionary widget) {
    int flags = inherited(widget, COSName.FF) instanceof COSNumber number ? number.intValue() : 0;
    String sort = inherited(widget, COSName.FT) instanceof COSName name ? name.getName() : "";
    return switch (sort) {
      case "Tx" -> (flags & PASSWORD) != 0 ? "" : text(inherited(widget, COSName.V));
      case "Ch" -> chosen(widget);
      case "Btn" -> (flags & PUSH_BUTTON) != 0 ? "" : box(widget);
      default -> "";
    };
  }

  /** A box: ticked, perhaps with what that means, or not. */
  private static String box(COSDictionary widget) {
    String state = widget.getNameAsString(COSName.AS, OFF);
    if (state.equals(OFF)) {
      return "[ ]";
    }
    boolean says = state.chars().anyMatch(Character::isLetter) && !state.equals("On");
    return says ? "[x] " + state : "[x]";
  }

  /** What is chosen from a list, as the list shows it. */
  private static String chosen(COSDictionary widget) {
    COSBase value = inherited(widget, COSName.V);
    List<String> chosen = new ArrayList<>();
    for (int i = 0; value instanceof COSArray several && i < several.size(); i++) {
      chosen.add(shown(widget, text(several.getObject(i))));
    }
    return value instanceof COSArray ? String.join(", ", chosen) : shown(widget, text(value));
  }

  private static String shown(COSDictionary widget, String value) {
    if (inherited(widget, COSName.OPT) instanceof COSArray options) {
      for (int i = 0; i < options.size(); i++) {
        if (options.getObject(i) instanceof COSArray pair
            && pair.size() > 1
            && text(pair.getObject(0)).equals(value)) {
          return text(pair.getObject(1));
        }
      }
    }
    return value;
  }

  private static String text(@Nullable COSBase value) {
    if (value instanceof COSString string) {
      return string.getString();
    }
    if (value instanceof COSStream stream) {
      return stream.toTextString();
    }
    return value instanceof COSName name ? name.getName() : "";
  }

  /** A field's attribute, which its parents may have in its place. */
  private static @Nullable COSBase inherited(COSDictionary widget, COSName key) {
    COSDictionary field = widget;
    for (int i = 0; i < MAX_PARENTS && field != null; i++) {
      COSBase value = field.getDictionaryObject(key);
      if (value != null) {
        return value;
      }
      field = field.getCOSDictionary(COSName.PARENT);
    }
    return null;
  }
}
