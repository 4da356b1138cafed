package io.kvasir.contrast;

/**
 * How many tokens whoever asks may still use. They are taken before anything is generated, as many
 * as it can become, so that questions asked at the same time cannot use the same ones; what was not
 * used comes back. Safe to use from any thread.
 */
public interface TokenAllowance {
  /** Any number. */
  TokenAllowance ENDLESS =
      new TokenAllowance() {
        @Override
        public void take(int tokens) {}

        @Override
        public void giveBack(int tokens) {}
      };

  /** Takes tokens; throws what the caller is told if there are not so many. */
  void take(int tokens);

  /** Gives back what was taken and not used. */
  void giveBack(int tokens);
}
