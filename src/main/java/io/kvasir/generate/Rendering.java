package io.kvasir.generate;

import com.hubspot.jinjava.el.ext.NamedParameter;
import com.hubspot.jinjava.objects.SafeString;
import com.hubspot.jinjava.objects.collections.PyList;
import com.hubspot.jinjava.util.ForLoop;
import com.sun.management.ThreadMXBean;
import io.kvasir.core.ProblemException;
import java.io.Serial;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one rendering of a chat template may still use: time, memory, and values of a bounded
 * weight. Whatever the template does asks here between two steps, and no single step takes more
 * than a value's weight allows.
 */
final class Rendering {
  /**
   * Work of a rendering: an item is 1, a value 10, a tag 50, a macro 200; a message takes some
   * 2,000.
   */
  static final int MAX_WORK = 5_000_000;

  /** Processor time of a rendering, for work that is harder than it looks. */
  static final Duration MAX_TIME = Duration.ofSeconds(4);

  /** Bytes that a rendering may allocate, whether it keeps them or not. */
  static final long MAX_ALLOCATION = 256L << 20;

  /** Characters of a text, or characters and items of a list with all that is in it. */
  static final int MAX_WEIGHT = 1 << 18;

  /** Lists within lists. */
  static final int MAX_DEPTH = 32;

  private static final int VALUE = 10;
  private static final int TAG = 50;
  private static final int CALL = 200;

  private static final int STEPS_WITHOUT_CLOCK = 16;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final ThreadLocal<@Nullable Rendering> CURRENT = new ThreadLocal<>();

  private final long timeAtStart = THREADS.getCurrentThreadCpuTime();
  private final long allocatedAtStart = THREADS.getCurrentThreadAllocatedBytes();
  private volatile @Nullable ProblemException refusal;
  private final List<?> messages;
  private long work;
  private int steps;

  /** Ends a rendering from wherever it is; an Error, since Jinjava catches every Exception. */
  private static final class Stopped extends Error {
    @Serial private static final long serialVersionUID = 1L;

    Stopped(ProblemException refusal) {
      super(refusal.getMessage(), refusal, false, false);
    }
  }

  private Rendering(List<?> messages) {
    this.messages = messages;
  }

  /**
   * A rendering on this thread, from now on.
   *
   * @param messages what the template is given, which is not weighed each time it is looked at
   */
  static Rendering begin(List<?> messages) {
    Rendering rendering = new Rendering(messages);
    CURRENT.set(rendering);
    return rendering;
  }

  /** The rendering that this thread is at. */
  static Rendering current() {
    Rendering rendering = CURRENT.get();
    if (rendering == null) {
      throw new IllegalStateException("no chat template is being rendered on this thread");
    }
    return rendering;
  }

  /** Why this rendering was ended, null if it was not. */
  @Nullable ProblemException refusal() {
    return refusal;
  }

  /** Ends this rendering, from any thread: at once if it is this one, else at its next step. */
  void refuse(ProblemException why) {
    if (refusal == null) {
      refusal = why;
    }
    if (CURRENT.get() == this) {
      throw new Stopped(why);
    }
  }

  /** A tag or text of the template is written. */
  void tag() {
    step(TAG);
  }

  /** A macro or function of the template is called. */
  void call() {
    step(CALL);
  }

  /** A value of the template is made. */
  void value() {
    step(VALUE);
  }

  /** Ends the rendering if it was refused or used up what it has. */
  private void step(int cost) {
    ProblemException why = refusal;
    if (why != null) {
      throw new Stopped(why);
    }
    work += cost;
    if (work > MAX_WORK) {
      refuse(tooLong("it takes more than %,d steps".formatted(MAX_WORK)));
    }
    // Asking the system takes longer than most steps do.
    if (++steps % STEPS_WITHOUT_CLOCK == 0) {
      checkUse();
    }
  }

  private void checkUse() {
    if (THREADS.getCurrentThreadCpuTime() - timeAtStart > MAX_TIME.toNanos()) {
      refuse(tooLong("it computes for more than %d s".formatted(MAX_TIME.toSeconds())));
    }
    if (THREADS.getCurrentThreadAllocatedBytes() - allocatedAtStart > MAX_ALLOCATION) {
      refuse(tooLong("it takes more than %d MB".formatted(MAX_ALLOCATION >> 20)));
    }
  }

  /** The same value, if it is one and light enough. */
  @Nullable Object checked(@Nullable Object value) {
    value();
    weigh(value, 0, 0);
    return value;
  }

  /** Asks, before a text is made, whether it may be as long. */
  void room(long characters) {
    value();
    if (characters > MAX_WEIGHT) {
      refuse(
          tooLong("it makes a text or a list of more than %,d characters".formatted(MAX_WEIGHT)));
    }
  }

  static ProblemException tooLong(String what) {
    return new ProblemException(
        ProblemException.Kind.INVALID,
        "the decoder's chat template was stopped: "
            + what
            + ". No model's own template does that; use another file of this model.");
  }

  static ProblemException forbidden(String what) {
    return new ProblemException(
        ProblemException.Kind.INVALID,
        "the decoder's chat template was stopped: it uses "
            + what
            + ". Use another file of this model, or tell us if its publisher's template needs it.");
  }

  private long weigh(@Nullable Object value, long before, int depth) {
    long weight = before + 1;
    work++;
    if (value instanceof PyList list && list.toList() == messages) {
      return weight;
    }
    if (value instanceof String || value instanceof SafeString) {
      weight += value.toString().length();
    } else if (value instanceof NamedParameter named) {
      weight = weigh(named.getValue(), weight, depth + 1);
    } else if (value instanceof Collection<?> items) {
      weight = weighAll(items, weight, depth + 1);
    } else if (value instanceof Map<?, ?> map) {
      weight = weighAll(map.keySet(), weight, depth + 1);
      weight = weighAll(map.values(), weight, depth + 1);
    } else if (value != null
        && !(value instanceof Number || value instanceof Boolean || value instanceof ForLoop)) {
      refuse(forbidden("what is no text, number, list or map"));
    }
    if (weight > MAX_WEIGHT) {
      room(weight);
    }
    return weight;
  }

  private long weighAll(Collection<?> items, long before, int depth) {
    if (depth > MAX_DEPTH) {
      refuse(tooLong("it nests lists more than %d deep".formatted(MAX_DEPTH)));
    }
    long weight = before;
    for (Object item : items) {
      weight = weigh(item, weight, depth);
    }
    return weight;
  }
}
