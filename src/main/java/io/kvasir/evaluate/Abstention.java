package io.kvasir.evaluate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an answer says that the documents do not tell. */
public final class Abstention {
  private static final Pattern SENTENCE = Pattern.compile("[.!?。！？](?:\\s|$)|[。！？]|\\n");
  private static final Pattern ENGLISH =
      Pattern.compile(
          String.join(
              "|",
              "\\b(?:do|does|did|is|are|was|were|has|have|can|could)(?:\\s+not|n['’]?t)\\b[^.]{0,40}?\\b"
                  + "(?:say|said|tell|told|mention(?:ed)?|contain|provided?|stated?|specif(?:y|ied)"
                  + "|give|given|include|answer(?:ed)?|found|find|available|indicated?"
                  + "|described?|discuss(?:ed)?|address(?:ed)?|explain(?:ed)?|known?|determined?"
                  + "|state)\\b",
              "\\bnot\\s+(?:explicitly\\s+|directly\\s+|specifically\\s+)?(?:mentioned|stated|given"
                  + "|specified|provided|answered|available|enough\\s+information|found\\s+in)\\b",
              "\\bcannot\\s+(?:be\\s+)?(?:answer|determine|find|found|say|tell|know)",
              "\\b(?:no|insufficient|not\\s+enough)\\s+(?:\\w+\\s+)?(?:information|mention|answer)\\b",
              "\\b(?:unanswerable|unknown)\\b\\W*$",
              "^\\W*(?:n/?a|none)\\W*$"),
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CHINESE =
      Pattern.compile(
          "(?:没有|未|没|并未|并没有|未曾|不曾)(?:[^，。；]{0,8})"
              + "(?:提到|提及|提供|说明|说|给出|指出|写明|包含|相关信息|相关内容|答案|记载|介绍|涉及|明确)"
              + "|(?:无法|不能|难以)(?:[^，。；]{0,12})(?:回答|确定|得知|找到|判断|得出|知道|获知)"
              + "|(?:不知道|不清楚|不详|未知|无从得知|没有答案|信息不足)");

  private Abstention() {}

  /**
   * Whether the first sentence says so; saying nothing at all is to say so, as in SQuAD 2.0.
   *
   * @param language of the answer; in Chinese answers English words count too
   */
  public static boolean abstains(String answer, String language) {
    String text = answer.strip();
    Matcher end = SENTENCE.matcher(text);
    String first = end.find() ? text.substring(0, end.start()) : text;
    return text.isEmpty()
        || ENGLISH.matcher(first).find()
        || (language.equals("zh") && CHINESE.matcher(first).find());
  }
}
