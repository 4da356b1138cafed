/** What the manifests in {@code k8s/} promise, checked without a cluster. */
@NullMarked
package io.kvasir.k8s;

import org.jspecify.annotations.NullMarked;
