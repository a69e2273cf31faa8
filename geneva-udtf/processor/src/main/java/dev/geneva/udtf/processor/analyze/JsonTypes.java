package dev.geneva.udtf.processor.analyze;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Which types can be parameters. The library that reads and writes JSON has the last word; here,
 * types are refused that certainly can't be read back, so that it is known before anything runs.
 */
final class JsonTypes {

  private static final String AS_DATA =
      "Pass what it is made from as data, such as a path or a number, and make it in process()";
  private static final String CONCRETE = "Use a record, or a sealed choice as an enum";

  /** Supertypes whose instances hold something that isn't data. */
  private static final Map<String, String> NOT_DATA =
      Map.of(
          "java.lang.AutoCloseable", "it holds a resource",
          "java.lang.Thread", "it is a thread",
          "java.lang.ClassLoader", "it loads classes",
          "java.util.concurrent.Executor", "it runs tasks",
          "java.util.concurrent.Future", "it is the result of a task",
          "java.util.concurrent.locks.Lock", "it is a lock",
          "java.lang.ref.Reference", "it refers to memory",
          "java.util.Iterator", "it is used up by reading",
          "java.lang.Throwable", "it holds a stack trace",
          "java.util.random.RandomGenerator", "it changes with each use");

  /** Interfaces for which a reader of JSON knows a class. */
  private static final Set<String> READABLE =
      Set.of(
          "java.util.Collection",
          "java.util.List",
          "java.util.Set",
          "java.util.SortedSet",
          "java.util.NavigableSet",
          "java.util.Queue",
          "java.util.Deque",
          "java.util.Map",
          "java.util.SortedMap",
          "java.util.NavigableMap",
          "java.util.concurrent.ConcurrentMap",
          "java.lang.Iterable",
          "java.lang.CharSequence",
          "java.nio.file.Path");

  /** Abstract classes, likewise. */
  private static final Set<String> READABLE_ABSTRACT =
      Set.of("java.lang.Number", "java.util.TimeZone", "java.time.ZoneId", "java.nio.ByteBuffer");

  private final Compiler compiler;

  JsonTypes(Compiler compiler) {
    this.compiler = compiler;
  }

  /**
   * Why a type can't be a parameter's.
   *
   * @param reason in words that follow a colon
   * @param hint what to do
   */
  record Problem(String reason, String hint) {}

  Optional<Problem> problem(TypeMirror type) {
    return problem(type, new HashSet<>());
  }

  private Optional<Problem> problem(TypeMirror type, Set<String> seen) {
    if (type instanceof ArrayType array) {
      return problem(array.getComponentType(), seen);
    }
    if (type.getKind() == TypeKind.TYPEVAR || type.getKind() == TypeKind.WILDCARD) {
      return Optional.of(
          new Problem(
              "the type " + TypeNames.of(type) + " is unknown when it is read back",
              "Name the type"));
    }
    if (type instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement element) {
      return problemOf(declared, element, seen);
    }
    return Optional.empty();
  }

  private Optional<Problem> problemOf(DeclaredType type, TypeElement element, Set<String> seen) {
    String name = element.getQualifiedName().toString();
    if (!seen.add(type.toString())) {
      return Optional.empty();
    }
    if (name.equals("java.lang.Object")) {
      return Optional.of(
          new Problem("an Object may be anything when it is read back", "Name the type"));
    }
    for (Map.Entry<String, String> notData : NOT_DATA.entrySet()) {
      if (compiler.isA(type, notData.getKey())) {
        return Optional.of(new Problem(notData.getValue(), AS_DATA));
      }
    }
    if (!element.getTypeParameters().isEmpty() && type.getTypeArguments().isEmpty()) {
      return Optional.of(
          new Problem("its type arguments are missing", "Write it with its type arguments"));
    }
    Optional<Problem> own = isAnnotatedForJson(element) ? Optional.empty() : problemOfKind(element);
    if (own.isPresent()) {
      return own;
    }
    if (compiler.isA(type, "java.util.Map") && type.getTypeArguments().size() == 2) {
      Optional<Problem> key = problemOfKey(type.getTypeArguments().get(0));
      if (key.isPresent()) {
        return key;
      }
    }
    for (TypeMirror argument : type.getTypeArguments()) {
      Optional<Problem> problem = problem(argument, seen);
      if (problem.isPresent()) {
        return problem;
      }
    }
    if (element.getKind() == ElementKind.RECORD) {
      for (RecordComponentElement component : element.getRecordComponents()) {
        TypeMirror componentType = compiler.types().asMemberOf(type, component.getAccessor());
        Optional<Problem> problem = problem(returned(componentType), seen);
        if (problem.isPresent()) {
          return Optional.of(
              new Problem(
                  "in component '%s' of %s, %s"
                      .formatted(
                          component.getSimpleName(),
                          element.getSimpleName(),
                          problem.get().reason()),
                  problem.get().hint()));
        }
      }
    }
    return Optional.empty();
  }

  private static TypeMirror returned(TypeMirror method) {
    return method instanceof javax.lang.model.type.ExecutableType executable
        ? executable.getReturnType()
        : method;
  }

  /** Who annotates a type for Jackson has said how it is read. */
  private static boolean isAnnotatedForJson(TypeElement element) {
    return element.getAnnotationMirrors().stream()
        .anyMatch(
            annotation ->
                annotation.getAnnotationType().toString().startsWith("com.fasterxml.jackson."));
  }

  private static Optional<Problem> problemOfKind(TypeElement element) {
    String name = element.getQualifiedName().toString();
    if (element.getKind() == ElementKind.INTERFACE && !READABLE.contains(name)) {
      return Optional.of(
          isFunctional(element)
              ? new Problem(
                  "it is code, not data", "Pass a value that says what to do, such as an enum")
              : new Problem("an interface doesn't say which class to read", CONCRETE));
    }
    if (element.getKind() == ElementKind.CLASS
        && element.getModifiers().contains(Modifier.ABSTRACT)
        && !READABLE_ABSTRACT.contains(name)) {
      return Optional.of(
          new Problem("an abstract class doesn't say which class to read", CONCRETE));
    }
    return Optional.empty();
  }

  private static boolean isFunctional(TypeElement element) {
    String name = element.getQualifiedName().toString();
    return name.startsWith("java.util.function.")
        || element.getAnnotationMirrors().stream()
            .anyMatch(
                annotation ->
                    Compiler.isNamed(
                        annotation.getAnnotationType(), "java.lang.FunctionalInterface"));
  }

  /** A key is written as a string, which not every type can be. */
  private static Optional<Problem> problemOfKey(TypeMirror key) {
    boolean composed =
        key instanceof ArrayType
            || Compiler.elementOf(key)
                .map(
                    element ->
                        element.getKind() == ElementKind.RECORD
                            || element
                                .getQualifiedName()
                                .toString()
                                .matches("java\\.util\\.(List|Set|Map|Collection)"))
                .orElse(false);
    return composed
        ? Optional.of(
            new Problem(
                "JSON has no keys of type " + TypeNames.of(key),
                "Use a String, a number or an enum as key, or a list of records"))
        : Optional.empty();
  }
}
