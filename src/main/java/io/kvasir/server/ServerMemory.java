package io.kvasir.server;

import io.kvasir.config.Settings;
import io.kvasir.contrast.CollectionReader;
import io.kvasir.contrast.KeyTableAttention;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.generate.Generators;
import io.kvasir.memory.Memory;
import io.kvasir.memory.MemoryOptions;
import io.kvasir.memory.MemoryStore;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.PostgresKeyTable;
import io.kvasir.postgres.PostgresMemory;
import io.kvasir.retrieve.Library;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What a server keeps of keys and values, and what uses them.
 *
 * @param stored where they are kept
 * @param kept prompts and passages that answers find again
 * @param reader reads passages ahead of any question
 * @param attention looks over them by a head's own query
 */
record ServerMemory(
    MemoryStore stored, Memory kept, CollectionReader reader, KeyTableAttention attention) {
  /**
   * All of it over one database.
   *
   * @param defaults what a decoder answers with where nobody says otherwise
   * @param worker makes prompts; its threads may block
   */
  static ServerMemory of(
      Database database,
      Settings settings,
      Generators decoders,
      Library library,
      Function<String, AnswerDefaults> defaults,
      Executor worker) {
    MemoryOptions options = MemoryOptions.of(settings);
    MemoryStore stored = new PostgresMemory(database);
    Memory kept = Memory.of(stored, options);
    return new ServerMemory(
        stored,
        kept,
        new CollectionReader(decoders, library, stored, kept.passages(), defaults, worker),
        new KeyTableAttention(
            decoders,
            library,
            new PostgresKeyTable(database, options.laidKeys()),
            options.passages().precision(),
            defaults,
            worker));
  }
}
