package io.kvasir.http;

import io.kvasir.core.Workspace;
import io.kvasir.retrieve.Corrections;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told to correct, and shows always the same. */
final class FakeCorrections implements Corrections {
  final List<NewCorrection> asked = new ArrayList<>();
  final List<Long> withdrawn = new ArrayList<>();

  @Override
  public Future<List<Correction>> of(Workspace workspace, long document) {
    return Future.succeededFuture(List.of(Samples.CORRECTION));
  }

  @Override
  public Future<Correction> correct(Workspace workspace, long document, NewCorrection correction) {
    asked.add(correction);
    return Future.succeededFuture(Samples.CORRECTION);
  }

  @Override
  public Future<Void> withdraw(
      Workspace workspace, long document, long correction, Encoded vector) {
    withdrawn.add(correction);
    return Future.succeededFuture();
  }
}
