package io.kvasir.evaluate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an answer says that the documents do not tell. */
public final class Abstention {
  private static final Pattern SENTENCE = Pattern.compile("[.!?。！？](?:\\s|$)|[。！？]|\\n");
  private static final String TOLD =
      "(?:say|tell|mention|contain|provide|state|specify|give|include|answer|indicate|describe"
          + "|discuss|address|explain|have|know)";
  private static final String IS_TOLD =
      "(?:said|told|mentioned|contained|provided|stated|specified|given|included|answered"
          + "|indicated|described|discussed|addressed|explained|available|known|found|clear)";
  private static final Pattern ENGLISH =
      Pattern.compile(
          String.join(
              "|",
              "\\b(?:document|passage|text|context|article|paragraph|source|excerpt|section)s?\\b"
                  + "[^.]{0,40}\\b(?:do|does|did)(?:\\s+not|n['’]t)\\b[^.]{0,20}\\b"
                  + TOLD,
              "\\b(?:is|are|was|were)(?:\\s+not|n['’]t)\\s+(?:\\w+ly\\s+)?"
                  + IS_TOLD
                  + "\\b(?:$|[,;]|\\s+(?:in|by|within|from|here|anywhere)\\b)",
              "\\b(?:I|we)\\b[^.]{0,20}\\b(?:can|could|do|am|are)(?:\\s*not|n['’]t)\\b[^.]{0,30}"
                  + "\\b(?:say|tell|answer|know|find|determine|sure|able|have)\\b",
              "\\bcannot\\s+be\\s+(?:answered|determined|found|said|known|told)\\b",
              "\\b(?:no|insufficient|not\\s+enough)\\s+(?:\\w+\\s+)?(?:information|mention|answer)\\b",
              "\\b(?:unanswerable|unknown)\\W*$",
              "^\\W*(?:n/?a|none|not\\s+(?:mentioned|stated|given|known))\\W*$"),
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CHINESE =
      Pattern.compile(
          String.join(
              "|",
              "(?:文中|文章|文档|文件|资料|材料|段落|原文|上文|文本|片段|信息)[^。；]{0,10}(?:没|未|不)"
                  + "[^，。；]{0,8}(?:提|说|给出|指出|写明|包含|答案|记载|介绍|涉及|明确|相关)",
              "(?:没有|未|没)(?:明确|具体|直接)?(?:提到|提及|说明)",
              "^(?:抱歉|对不起|很遗憾)?[，,]?(?:我|(?:根据|从)[^，。]{0,20}[，,]?)?(?:无法|不能|难以)"
                  + "[^，。；]{0,16}(?:回答|确定|得知|判断|得出|获知|找到)",
              "^(?:我)?(?:不知道|不清楚)",
              "(?:不详|未知|无从得知|没有答案|信息不足)$",
              "没有(?:相关|任何|足够)[^，。；]{0,6}(?:信息|内容|答案|记载|资料)"));

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
