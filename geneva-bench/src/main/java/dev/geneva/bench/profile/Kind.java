package dev.geneva.bench.profile;

/** Whose work a cost is. */
enum Kind {
  LANCE("Lance and what is linked into it"),
  KERNEL("the kernel: page cache, files, memory, switching threads"),
  FUNCTION("the benchmark's own code, the function among it"),
  GENEVA("Geneva"),
  ARROW("Arrow, in Java"),
  JAVA("other Java code, what isn't compiled yet, and copying for Java"),
  JVM("the JVM: JNI, classes, allocation"),
  COMPILER("the JVM's compilers"),
  COLLECTOR("the JVM's garbage collector"),
  SYSTEM("the C library and others: copying, allocation");

  private final String words;

  Kind(String words) {
    this.words = words;
  }

  static Kind of(Cost cost) {
    if (cost.thread().matches("C[12] Compiler.*")) {
      return COMPILER;
    }
    if (cost.thread().matches("G1 .*|GC Thread.*|VM Thread")) {
      return COLLECTOR;
    }
    String object = cost.object();
    if (object.contains("liblance")) {
      return LANCE;
    }
    if (object.startsWith("[kernel") || object.equals("[vdso]")) {
      return KERNEL;
    }
    if (object.startsWith("perf-") || object.equals("[unknown]") || object.equals("anon")) {
      return ofJava(cost.symbol());
    }
    return object.equals("libjvm.so") || object.equals("libjava.so") ? JVM : SYSTEM;
  }

  private static Kind ofJava(String symbol) {
    if (symbol.contains("dev.geneva.bench.")) {
      return FUNCTION;
    }
    if (symbol.contains("dev.geneva.")) {
      return GENEVA;
    }
    return symbol.contains("org.apache.arrow.") ? ARROW : JAVA;
  }

  @Override
  public String toString() {
    return words;
  }
}
