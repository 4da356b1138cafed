package io.kvasir.keys;

import io.kvasir.core.Workspace;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where keys are kept. Any thread. */
public interface KeyStore {
  /** The most keys there can be; each is compared with at each request. */
  int MOST_KEYS = 1_000;

  /** Keeps a new key; fails with CONFLICT if there is one of that name, or too many. */
  CompletionStage<Void> add(ApiKey key);

  /** The keys of everybody, in any order, as requests are compared with them. */
  CompletionStage<List<ApiKey>> all();

  /** The keys of a workspace, by name. */
  CompletionStage<List<ApiKey>> list(Workspace workspace);

  /** Forgets a key; fails with NOT_FOUND if there is none of that name. */
  CompletionStage<Void> revoke(Workspace workspace, String name);
}
