package io.kvasir.keys;

import io.kvasir.core.Workspace;
import java.time.Instant;

/**
 * A key as it is stored: never the key itself.
 *
 * @param workspace whose contents it opens
 * @param name for people, within the workspace
 * @param hash what {@link KeySecret#hash} makes of the key
 * @param createdAt when it was made
 * @param limits how much may be done with it
 */
public record ApiKey(
    Workspace workspace, String name, String hash, Instant createdAt, KeyLimits limits) {}
