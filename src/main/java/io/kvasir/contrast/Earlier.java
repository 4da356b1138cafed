package io.kvasir.contrast;

import io.kvasir.core.AnswerPath;
import java.util.List;

/** What was said before a question. */
interface Earlier {
  /** What was asked before, oldest first. */
  List<String> questions();

  /** The dialogue that a path answers in. */
  Dialogue before(AnswerPath path, String question);
}
