/**
 * The server: Kvasir's own API, the OpenAI-compatible one and the page. The only importer of
 * vertx-web; everything behind it is reached through ports.
 */
@NullMarked
package io.kvasir.http;

import org.jspecify.annotations.NullMarked;
