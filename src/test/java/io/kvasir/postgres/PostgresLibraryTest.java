package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kvasir.core.Document;
import io.kvasir.core.ExampleQuestion;
import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Scope;
import io.kvasir.core.ValueKind;
import io.kvasir.core.Workspace;
import io.kvasir.retrieve.CollectionName;
import io.kvasir.retrieve.Library;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.kvasir.retrieve.Library.Section;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
final class PostgresLibraryTest {
  private static Library library;

  @BeforeAll
  static void open(Database database) {
    library = new PostgresLibrary(database);
  }

  @Test
  void keepsADocumentWithItsPassages() {
    await(library.create(Workspace.ONLY, new NewCollection("kept", "en", "toy", 3)));
    Document stored =
        await(
            library.put(
                Workspace.ONLY,
                "kept",
                new NewDocument("a/b.pdf", "Title", "application/pdf", 2, "One. Two."),
                List.of(passage(0, "A", 1, 0, 4, "One."), passage(1, "A › B", 2, 5, 9, "Two."))));
    assertThat(stored.passages()).isEqualTo(2);
    assertThat(stored.characters()).isEqualTo(9);
    Library.DocumentText read = await(library.document(Workspace.ONLY, stored.id()));
    assertThat(read.document()).isEqualTo(stored);
    assertThat(read.text()).isEqualTo("One. Two.");
    assertThat(read.passages()).extracting(Passage::value).containsExactly("One.", "Two.");
    assertThat(read.passages().get(1))
        .returns("A › B", Passage::heading)
        .returns(2, Passage::page)
        .returns(5, Passage::start)
        .returns("a/b.pdf", Passage::document);
    assertThat(await(library.collection(Workspace.ONLY, "kept")))
        .returns(1, collection -> collection.documents())
        .returns(2, collection -> collection.passages());
  }

  @Test
  void aCollectionIsCalledByItsTitleOrElseItsName() {
    String name = CollectionName.of("Die Vögel!", List.of("die-vogel"));
    assertThat(name).isEqualTo("die-vogel-2");
    assertThat(CollectionName.of("鸟类", List.of())).isEqualTo("collection");
    assertThat(
            await(
                    library.create(
                        Workspace.ONLY,
                        new NewCollection(name, "Die Vögel!", "de", "toy", 3, ValueKind.RAW)))
                .title())
        .isEqualTo("Die Vögel!");
    await(library.setTitle(Workspace.ONLY, name, "Vögel"));
    assertThat(await(library.collection(Workspace.ONLY, name)).title()).isEqualTo("Vögel");
    await(library.setTitle(Workspace.ONLY, name, null));
    assertThat(await(library.collection(Workspace.ONLY, name)).title()).isEqualTo(name);
  }

  @Test
  void aDocumentWrittenAgainKeepsItsIdAndLosesItsOldPassages() {
    await(library.create(Workspace.ONLY, new NewCollection("again", "en", "toy", 3)));
    Document first =
        await(put("again", "a.txt", passage(0, "", 0, 3, "old"), passage(1, "", 3, 6, "old")));
    Document second = await(put("again", "a.txt", passage(0, "", 0, 3, "new")));
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(await(library.passages(Workspace.ONLY, "again", Scope.ALL, 10)))
        .extracting(Passage::value)
        .containsExactly("new");
  }

  @Test
  void aScopeIsReadInDocumentOrder() {
    await(library.create(Workspace.ONLY, new NewCollection("scoped", "en", "toy", 3)));
    await(
        put(
            "scoped",
            "b#1.html",
            passage(0, "Chapter 1 › X", 0, 1, "b0"),
            passage(1, "Chapter 2 › Y", 1, 2, "b1")));
    await(put("scoped", "a.html", passage(0, "Chapter 1", 0, 1, "a0")));
    assertThat(values("scoped", Scope.ALL)).containsExactly("b0", "b1", "a0");
    assertThat(values("scoped", new Scope(List.of("b#1.html#Chapter 2")))).containsExactly("b1");
    assertThat(values("scoped", new Scope(List.of("b#1.html")))).containsExactly("b0", "b1");
    assertThat(values("scoped", new Scope(List.of("a.html#Chapter 1")))).containsExactly("a0");
    assertThat(await(library.passages(Workspace.ONLY, "scoped", Scope.ALL, 2))).hasSize(2);
    assertProblem(
        Kind.NOT_FOUND,
        "a.html",
        () -> await(library.passages(Workspace.ONLY, "scoped", new Scope(List.of("a.htm")), 9)));
  }

  @Test
  void sectionsAreTheLevelAtWhichADocumentDivides() {
    await(library.create(Workspace.ONLY, new NewCollection("sections", "en", "toy", 3)));
    await(
        put(
            "sections",
            "chapter.html",
            passage(0, "Chapter 1", 0, 1, "a"),
            passage(1, "Chapter 1 › 1.1 › deep", 1, 2, "b"),
            passage(2, "Chapter 1 › 1.1", 2, 3, "c")));
    await(
        put(
            "sections",
            "book.html",
            passage(0, "One › x", 0, 1, "a"),
            passage(1, "Two", 1, 2, "b")));
    assertThat(await(library.sections(Workspace.ONLY, "sections")))
        .containsExactly(
            new Section("chapter.html", "Chapter 1", 1),
            new Section("chapter.html", "Chapter 1 › 1.1", 2),
            new Section("book.html", "One", 1),
            new Section("book.html", "Two", 1));
  }

  @Test
  void collectionsOfDifferentDimensionsLiveSideBySide() {
    await(library.create(Workspace.ONLY, new NewCollection("three", "en", "toy", 3)));
    await(library.create(Workspace.ONLY, new NewCollection("two", "zh", "toy2", 2)));
    await(put("three", "a", passage(0, "", 0, 1, "x")));
    await(
        library.put(
            Workspace.ONLY,
            "two",
            new NewDocument("a", "a", "text/plain", null, "软件包"),
            List.of(new NewPassage(0, "", null, 0, 3, "软件包", "软件包", new float[] {1, 0}))));
    assertProblem(
        Kind.INVALID,
        "2 dimensions, not 3",
        () -> await(put("two", "b", passage(0, "", 0, 1, "x"))));
    assertThat(values("two", Scope.ALL)).containsExactly("软件包");
  }

  @Test
  void deletingTakesEverythingAlong(Database database) {
    await(library.create(Workspace.ONLY, new NewCollection("gone", "en", "toy", 3)));
    Document document = await(put("gone", "a", passage(0, "", 0, 1, "x")));
    await(put("gone", "b", passage(0, "", 0, 1, "x")));
    await(library.deleteDocument(Workspace.ONLY, document.id()));
    assertThat(await(library.documents(Workspace.ONLY, "gone")))
        .extracting(Document::name)
        .containsExactly("b");
    assertProblem(
        Kind.NOT_FOUND, "deleted", () -> await(library.document(Workspace.ONLY, document.id())));
    assertProblem(
        Kind.NOT_FOUND,
        "deleted",
        () -> await(library.deleteDocument(Workspace.ONLY, document.id())));
    await(library.delete(Workspace.ONLY, "gone"));
    assertProblem(
        Kind.NOT_FOUND, "no collection gone", () -> await(library.delete(Workspace.ONLY, "gone")));
    await(library.create(Workspace.ONLY, new NewCollection("gone", "en", "toy", 2)));
    assertThat(await(library.documents(Workspace.ONLY, "gone"))).isEmpty();
  }

  @Test
  void namesAreUniqueAndPlain() {
    await(library.create(Workspace.ONLY, new NewCollection("unique", "en", "toy", 3)));
    assertProblem(
        Kind.CONFLICT,
        "unique",
        () -> await(library.create(Workspace.ONLY, new NewCollection("unique", "en", "toy", 3))));
    assertProblem(
        Kind.INVALID,
        "lower case",
        () -> await(library.create(Workspace.ONLY, new NewCollection("Über", "en", "toy", 3))));
    assertProblem(
        Kind.NOT_FOUND, "unique", () -> await(library.collection(Workspace.ONLY, "uniqe")));
  }

  @Test
  void examplesAreKept() {
    await(library.create(Workspace.ONLY, new NewCollection("examples", "en", "toy", 3)));
    List<ExampleQuestion> examples =
        List.of(new ExampleQuestion("Why \"K\"?", new Scope(List.of("a.html#1"))));
    await(library.setExamples(Workspace.ONLY, "examples", examples));
    assertThat(await(library.collection(Workspace.ONLY, "examples")).examples())
        .isEqualTo(examples);
  }

  private static List<String> values(String collection, Scope scope) {
    return await(library.passages(Workspace.ONLY, collection, scope, 100)).stream()
        .map(Passage::value)
        .toList();
  }

  private static io.vertx.core.Future<Document> put(
      String collection, String name, NewPassage... passages) {
    return library.put(
        Workspace.ONLY,
        collection,
        new NewDocument(name, name, "text/html", null, "text"),
        List.of(passages));
  }

  private static NewPassage passage(int ordinal, String heading, int start, int end, String text) {
    return passage(ordinal, heading, null, start, end, text);
  }

  private static NewPassage passage(
      int ordinal, String heading, Integer page, int start, int end, String text) {
    return new NewPassage(ordinal, heading, page, start, end, text, text, new float[] {1, 0, 0});
  }

  private static void assertProblem(Kind kind, String words, Runnable act) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(act::run)
        .withMessageContaining(words)
        .returns(kind, ProblemException::kind);
  }
}
