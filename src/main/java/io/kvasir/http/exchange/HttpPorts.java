package io.kvasir.http.exchange;

import io.kvasir.contrast.CollectionAttention;
import io.kvasir.contrast.ContrastStore;
import io.kvasir.contrast.Contrasts;
import io.kvasir.contrast.Conversations;
import io.kvasir.encode.Encoder;
import io.kvasir.evidence.Evidence;
import io.kvasir.experiment.Experiments;
import io.kvasir.experiment.Marking;
import io.kvasir.generate.Generators;
import io.kvasir.ingest.Ingestion;
import io.kvasir.ingest.PassageCorrections;
import io.kvasir.keys.KeyRing;
import io.kvasir.memory.MemoryStore;
import io.kvasir.memory.PassageReader;
import io.kvasir.observe.RequestListener;
import io.kvasir.retrieve.Library;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the server needs of the rest of Kvasir.
 *
 * @param contrasts runs questions and chats
 * @param history the stored traces
 * @param conversations the same as conversations
 * @param evidence what stored answers looked at
 * @param experiments labelled questions asked in several ways
 * @param marking marks questions at contrasts
 * @param library collections, documents and passages
 * @param corrections passages corrected by hand
 * @param memory keys and values of prompts
 * @param passages reads them ahead with a decoder
 * @param attention what heads attend to among those
 * @param ingestion turns uploaded files into passages
 * @param generators the decoders
 * @param encoders every encoder there is, the one for unknown languages first
 * @param readiness succeeds when questions can be answered; fails with UNAVAILABLE saying why not
 * @param watch who watches it
 * @param keys the keys that requests need; empty if they need none
 */
public record HttpPorts(
    Contrasts contrasts,
    ContrastStore history,
    Conversations conversations,
    Evidence evidence,
    Experiments experiments,
    Marking marking,
    Library library,
    PassageCorrections corrections,
    MemoryStore memory,
    PassageReader passages,
    CollectionAttention attention,
    Ingestion ingestion,
    Generators generators,
    List<Encoder> encoders,
    Supplier<Future<Void>> readiness,
    Watch watch,
    Optional<KeyRing> keys) {
  /**
   * Who watches the server.
   *
   * @param requests is told of every request
   * @param metrics everything that is measured, as Prometheus reads it; may block for a moment
   */
  public record Watch(RequestListener requests, Supplier<String> metrics) {}

  public HttpPorts {
    encoders = List.copyOf(encoders);
  }
}
