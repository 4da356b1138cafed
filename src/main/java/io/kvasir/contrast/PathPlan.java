package io.kvasir.contrast;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Notice;
import io.kvasir.core.PathTrace.PassageTrace;
import io.kvasir.core.PathTrace.PromptTrace;
import io.kvasir.generate.Prompt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a path is about to do: its prompt, and which passages are in it.
 *
 * @param path which path
 * @param prompt what the decoder will read
 * @param opening tokens with which its answer begins
 * @param trace the same, as it is shown
 * @param passages retrieved or in the prompt
 * @param notice what the reader should know, or null
 * @param maxTokens the most tokens of its answer
 */
record PathPlan(
    AnswerPath path,
    Prompt prompt,
    int[] opening,
    PromptTrace trace,
    List<PassageTrace> passages,
    @Nullable Notice notice,
    int maxTokens) {}
