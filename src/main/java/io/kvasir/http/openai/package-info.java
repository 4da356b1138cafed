/** The OpenAI-compatible API under /v1. */
@NullMarked
package io.kvasir.http.openai;

import org.jspecify.annotations.NullMarked;
