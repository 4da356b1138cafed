/**
 * What every room of the server reads and writes with: bodies, fields, replies, streams, errors.
 */
@NullMarked
package io.kvasir.http.exchange;

import org.jspecify.annotations.NullMarked;
