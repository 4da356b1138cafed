package io.kvasir.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One ingested file.
 *
 * @param id assigned by the store
 * @param collection the name of its collection
 * @param name unique within the collection: the file's path as it was given
 * @param title what people call it: the document's own title, or its name
 * @param mediaType for example {@code text/html}
 * @param pages the number of pages, null for formats without pages
 * @param characters the length of its extracted text
 * @param passages how many passages it was split into
 * @param ingestedAt when it was stored
 * @param bytes of its file as it was given; null if that is not kept
 * @param outdated whether there is a newer reader than the one that read it
 */
public record Document(
    long id,
    String collection,
    String name,
    String title,
    String mediaType,
    @Nullable Integer pages,
    int characters,
    int passages,
    Instant ingestedAt,
    @Nullable Long bytes,
    boolean outdated) {}
