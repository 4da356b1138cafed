/**
 * The port for decoders and everything of generation that needs no runtime: sampling, chat
 * templates, prompts, scheduling.
 */
@NullMarked
package io.kvasir.generate;

import org.jspecify.annotations.NullMarked;
