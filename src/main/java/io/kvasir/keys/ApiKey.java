package io.kvasir.keys;

import java.time.Instant;

/**
 * A key as it is stored: never the key itself.
 *
 * @param name for people
 * @param hash what {@link KeySecret#hash} makes of the key
 * @param createdAt when it was made
 * @param limits how much may be done with it
 */
public record ApiKey(String name, String hash, Instant createdAt, KeyLimits limits) {}
