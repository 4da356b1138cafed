package io.kvasir.keys;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where keys are kept. Any thread. */
public interface KeyStore {
  /** The most keys there can be; each is compared with at each request. */
  int MOST_KEYS = 1_000;

  /** Keeps a new key; fails with CONFLICT if there is one of that name, or too many. */
  CompletionStage<Void> add(ApiKey key);

  /** Every key, by name. */
  CompletionStage<List<ApiKey>> list();

  /** Forgets a key; fails with NOT_FOUND if there is none of that name. */
  CompletionStage<Void> revoke(String name);
}
