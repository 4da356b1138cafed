package io.kvasir.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the process does when it is told to stop (SIGTERM, SIGINT): one action to its end, then exit
 * with status 0. A shutdown hook would not do: hooks run all at once, and ONNX Runtime's own frees
 * what a running inference still uses, which ends the process with SIGSEGV.
 */
public final class StopSignal {
  private static final List<String> SIGNALS = List.of("TERM", "INT");

  private StopSignal() {}

  /**
   * Does an action, on a thread of its own, when the process is told to stop; only the first time.
   *
   * @throws IllegalStateException if this Java has no signals
   */
  public static void before(Runnable exit) {
    AtomicBoolean stopping = new AtomicBoolean();
    InvocationHandler handler =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "handle" -> {
                if (stopping.compareAndSet(false, true)) {
                  new Thread(() -> stop(exit), "stop").start();
                }
                yield null;
              }
              case "hashCode" -> System.identityHashCode(proxy);
              case "equals" -> proxy == arguments[0];
              default -> "stop";
            };
    try {
      // Named, not imported: the compiler warns of this package, and warnings are errors here.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(StopSignal.class.getClassLoader(), new Class<?>[] {type}, handler);
      for (String name : SIGNALS) {
        Object one = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, type).invoke(null, one, proxy);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java does not let a program handle signals", e);
    }
  }

  private static void stop(Runnable exit) {
    try {
      exit.run();
    } finally {
      Runtime.getRuntime().exit(0);
    }
  }
}
