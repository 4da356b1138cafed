package io.kvasir.postgres;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Cuts Chinese text into words, which PostgreSQL cannot. Latin words in it are lower-cased and
 * stemmed; punctuation and words without a meaning of their own are dropped. Callable from any
 * thread. Making one loads the dictionary (about 0.3 s): do it at start.
 */
public final class ChineseWords {
  // Particles, pronouns, question words and measure words: in most sentences, about nothing.
  private static final List<String> STOP_WORDS =
      List.of(
          "的", "了", "是", "在", "和", "与", "及", "或", "我", "你", "您", "他", "她", "它", "我们", "你们", "他们",
          "它们", "这", "那", "这个", "那个", "这些", "那些", "哪", "哪个", "哪些", "哪里", "什么", "怎么", "怎样", "如何",
          "为什么", "为何", "吗", "呢", "吧", "啊", "着", "过", "地", "得", "之", "其", "也", "都", "就", "还", "又",
          "再", "很", "太", "更", "最", "不", "没", "没有", "有", "个", "一个", "一些", "一", "上", "下", "里", "中",
          "到", "从", "对", "对于", "关于", "由", "被", "把", "将", "让", "给", "向", "于", "以", "而", "但", "但是",
          "因为", "所以", "如果", "可以", "能", "能够", "会", "要", "应该", "需要", "请", "请问", "该", "此", "等", "并",
          "并且", "则", "若", "么", "时", "时候");

  private final SmartChineseAnalyzer analyzer;

  /** Loads the dictionary. */
  public ChineseWords() {
    CharArraySet stopWords = CharArraySet.copy(SmartChineseAnalyzer.getDefaultStopSet());
    stopWords.addAll(STOP_WORDS);
    analyzer = new SmartChineseAnalyzer(stopWords);
    in("词典");
  }

  /** The words of a text, in order. */
  public List<String> in(String text) {
    List<String> words = new ArrayList<>();
    try (TokenStream tokens = analyzer.tokenStream("text", new StringReader(text))) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        words.add(term.toString());
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
    return words;
  }
}
