package io.kvasir.keys;

import io.kvasir.core.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a server accepts, in memory, as of the last {@link #refresh()}. Safe to use from
 * any thread.
 */
public final class KeyRing {
  /** The name of the key that comes from the setting {@code http.key}. */
  public static final String OF_SETTING = "http.key";

  private final KeyStore store;
  private final @Nullable ApiKey ofSetting;
  private final Map<String, Holder> holders = new ConcurrentHashMap<>();
  private volatile List<ApiKey> keys = List.of();

  /**
   * A ring that knows no key of the store yet.
   *
   * @param store where the others are kept
   * @param secret the key of the setting; empty for none
   * @param limits of that one
   */
  public KeyRing(KeyStore store, Optional<String> secret, KeyLimits limits) {
    this.store = store;
    this.ofSetting =
        secret
            .map(
                text ->
                    new ApiKey(
                        Workspace.ONLY, OF_SETTING, KeySecret.hash(text), Instant.EPOCH, limits))
            .orElse(null);
    learn(List.of());
  }

  /**
   * Somebody with a key.
   *
   * @param workspace whose contents the key opens
   * @param name of the key
   * @param requests what is left of its requests
   * @param tokens what is left of its tokens
   */
  public record Holder(Workspace workspace, String name, Allowance requests, Allowance tokens) {
    private static Holder of(ApiKey key) {
      long now = System.nanoTime();
      return new Holder(
          key.workspace(),
          key.name(),
          new Allowance(key.limits().requests(), now),
          new Allowance(key.limits().tokens(), now));
    }
  }

  /** Reads the keys again: a new one counts from then on, a revoked one no more. */
  public CompletionStage<Void> refresh() {
    return store.all().thenAccept(this::learn);
  }

  private void learn(List<ApiKey> stored) {
    List<ApiKey> all = new ArrayList<>(stored);
    if (ofSetting != null) {
      all.add(ofSetting);
    }
    keys = List.copyOf(all);
    holders.keySet().retainAll(all.stream().map(ApiKey::hash).collect(Collectors.toSet()));
  }

  /** Whether there is no key at all. */
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /**
   * Whose key that is. Every known key is looked at, whichever fits, so that the time taken tells
   * nothing.
   */
  public Optional<Holder> holder(String secret) {
    String hash = KeySecret.hash(secret);
    ApiKey found = null;
    for (ApiKey key : keys) {
      if (KeySecret.same(key.hash(), hash)) {
        found = key;
      }
    }
    ApiKey known = found;
    return known == null
        ? Optional.empty()
        : Optional.of(holders.computeIfAbsent(known.hash(), same -> Holder.of(known)));
  }
}
