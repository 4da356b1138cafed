package io.kvasir.numeric;

/** Finds the k-th greatest of many values in one pass, with a heap of the k greatest so far. */
public final class KthGreatest {
  private KthGreatest() {}

  /** The k-th greatest value, or the least if there are fewer than k. */
  public static float of(float[] values, int k) {
    int size = Math.min(k, values.length);
    float[] heap = new float[size];
    System.arraycopy(values, 0, heap, 0, size);
    for (int i = size / 2 - 1; i >= 0; i--) {
      siftDown(heap, i);
    }
    for (int i = size; i < values.length; i++) {
      if (values[i] > heap[0]) {
        heap[0] = values[i];
        siftDown(heap, 0);
      }
    }
    return heap[0];
  }

  /** Restores the order that a parent is the least of itself and its children. */
  private static void siftDown(float[] heap, int start) {
    int parent = start;
    while (true) {
      int child = 2 * parent + 1;
      if (child >= heap.length) {
        return;
      }
      if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[parent] <= heap[child]) {
        return;
      }
      float value = heap[parent];
      heap[parent] = heap[child];
      heap[child] = value;
      parent = child;
    }
  }
}
