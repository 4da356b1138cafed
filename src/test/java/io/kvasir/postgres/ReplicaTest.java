package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.Hit;
import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoders;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.kvasir.retrieve.ReplicaRetriever;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A streaming replica of PostgreSQL answers searches, and the primary where the replica cannot. */
@Tag("slow")
final class ReplicaTest {
  private static final FixedEncoder ENCODER = new FixedEncoder("toy-en", 3, "en");

  @Test
  void searchesGoToTheReplicaAndToThePrimaryWhileItIsAway() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (OwnCluster cluster = new OwnCluster()) {
      Database primary = Database.open(vertx, cluster.url(), 2);
      await(new Migrations(primary).run());
      PostgresLibrary library = new PostgresLibrary(primary);
      await(library.create(Workspace.ONLY, new NewCollection("pond", "en", "toy-en", 3)));
      put(library, "a.html", "Frogs sing at night.");
      try (OwnCluster copy = cluster.replica()) {
        Database replica = Database.open(vertx, copy.url(), 2);
        ReplicaRetriever retriever = new ReplicaRetriever(retriever(replica), retriever(primary));
        put(library, "b.html", "Toads sing by day.");
        ENCODER.set("who sings", 1, 0, 0);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (find(retriever).size() < 2) {
          assertThat(System.nanoTime()).as("it follows the primary").isLessThan(end);
          TimeUnit.MILLISECONDS.sleep(50);
        }

        copy.kill();
        assertThat(find(retriever)).as("without the replica").hasSize(2);

        copy.start();
        cluster.kill();
        assertThat(find(retriever)).as("without the primary").hasSize(2);
        await(replica.close());
      }
      await(primary.close());
    }
    await(vertx.close());
  }

  private static void put(PostgresLibrary library, String name, String text) {
    await(
        library.put(
            Workspace.ONLY,
            "pond",
            new NewDocument(name, name, "text/html", null, name),
            List.of(
                new NewPassage(
                    0,
                    "animals",
                    null,
                    0,
                    text.length(),
                    text,
                    text,
                    ENCODER.set(text, 1, 0.1f, 0)))));
  }

  private static PostgresRetriever retriever(Database database) {
    return new PostgresRetriever(database, new Encoders(List.of(ENCODER)), Fusion.DEFAULT);
  }

  private static List<Hit> find(ReplicaRetriever retriever) {
    return await(retriever.retrieve(Workspace.ONLY, "pond", Scope.ALL, "who sings", 5)).hits();
  }
}
