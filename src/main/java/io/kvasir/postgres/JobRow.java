package io.kvasir.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.ingest.Ingestion.FileState;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.json.Json;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An ingestion job as its row holds it. The column {@code job} keeps the form that servers of the
 * version before can read, since they may share the database for a while; what was added since has
 * columns of its own.
 */
final class JobRow {
  /** The columns that {@link #job} reads, the first ones of its row. */
  static final String COLUMNS = "job::text, notes::text, encodes, remembers";

  /** Which of them says whether a job encodes. */
  static final int ENCODES = 2;

  /** Which of them says whether a decoder reads. */
  static final int REMEMBERS = 3;

  private static final ObjectReader JOBS =
      Json.MAPPER
          .readerFor(KeptJob.class)
          .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final ObjectReader NOTES =
      Json.MAPPER.readerFor(new TypeReference<Map<Integer, List<String>>>() {});

  private record KeptJob(
      String id,
      String collection,
      Instant createdAt,
      boolean finished,
      List<KeptFile> files,
      int passagesDone,
      double passagesPerSecond) {}

  private record KeptFile(String name, FileState state, int passages, @Nullable String error) {}

  private JobRow() {}

  static String job(Job job) {
    List<KeptFile> files =
        job.files().stream()
            .map(file -> new KeptFile(file.name(), file.state(), file.passages(), file.error()))
            .toList();
    return StoredJson.written(
        new KeptJob(
            job.id(),
            job.collection(),
            job.createdAt(),
            job.finished(),
            files,
            job.passagesDone(),
            job.passagesPerSecond()),
        "job");
  }

  /** The notes of those files that have some, by their places. */
  static String notes(Job job) {
    Map<Integer, List<String>> notes = new TreeMap<>();
    for (int file = 0; file < job.files().size(); file++) {
      if (!job.files().get(file).notes().isEmpty()) {
        notes.put(file, job.files().get(file).notes());
      }
    }
    return StoredJson.written(notes, "job");
  }

  static Job job(Row row) {
    KeptJob kept;
    Map<Integer, List<String>> notes;
    try {
      kept = JOBS.readValue(row.getString(0));
      notes = NOTES.readValue(row.getString(1));
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          Kind.INTERNAL, "a stored job cannot be read; another version may have written it", e);
    }
    List<FileStatus> files = new ArrayList<>();
    for (KeptFile file : kept.files()) {
      files.add(
          new FileStatus(
              file.name(),
              file.state(),
              file.passages(),
              file.error(),
              notes.getOrDefault(files.size(), List.of())));
    }
    return new Job(
        kept.id(),
        kept.collection(),
        kept.createdAt(),
        kept.finished(),
        files,
        kept.passagesDone(),
        kept.passagesPerSecond(),
        null,
        row.getBoolean(ENCODES) && !row.getBoolean(REMEMBERS),
        row.getBoolean(REMEMBERS));
  }
}
