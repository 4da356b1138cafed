package io.kvasir.http.exchange;

import io.kvasir.contrast.TokenAllowance;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.keys.Allowance;

/**
 * The tokens of the key that a request came with.
 *
 * @param left how many there are
 */
public record KeyTokens(Allowance left) implements TokenAllowance {
  private static final String SETTING = "keys.tokens-per-minute";

  /** Fails if nothing is left, before any work is done. */
  public void ask() {
    take(0);
  }

  @Override
  public void take(int tokens) {
    if (!left.holds(tokens)) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "This may take %d tokens, more than the key has in a minute (%s, or the key's own); ask for"
                  .formatted(tokens, SETTING)
              + " fewer paths, a shorter answer or fewer passages.");
    }
    int wait = left.take(tokens, System.nanoTime());
    if (wait > 0) {
      throw new KeyLimitException("tokens", SETTING, wait);
    }
  }

  @Override
  public void giveBack(int tokens) {
    left.giveBack(tokens, System.nanoTime());
  }
}
