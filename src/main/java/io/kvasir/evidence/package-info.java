/** What an answer looked at, of which head, and whether it mattered: by reading it again. */
@NullMarked
package io.kvasir.evidence;

import org.jspecify.annotations.NullMarked;
