package dev.geneva.udtf.processor;

import com.palantir.javapoet.JavaFile;
import dev.geneva.udtf.processor.analyze.ClassAnalysis;
import dev.geneva.udtf.processor.analyze.Compiler;
import dev.geneva.udtf.processor.analyze.FunctionAnalysis;
import dev.geneva.udtf.processor.analyze.RecordAnalysis;
import dev.geneva.udtf.processor.analyze.RequiredRecords;
import dev.geneva.udtf.processor.analyze.UnresolvedTypeException;
import dev.geneva.udtf.processor.diagnostic.Diagnostic;
import dev.geneva.udtf.processor.diagnostic.Reporter;
import dev.geneva.udtf.processor.diagnostic.Site;
import dev.geneva.udtf.processor.generate.ConverterSource;
import dev.geneva.udtf.processor.generate.DescriptorSource;
import dev.geneva.udtf.processor.generate.FunctionsSource;
import dev.geneva.udtf.processor.model.FunctionsModel.FunctionModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * Checks what is annotated for Geneva, and generates what it needs to run it: a descriptor for each
 * {@code @Udtf}, and a converter for each record that is an output or {@code @ArrowRecord}. Each
 * generated file depends on one source file, so build tools may run it incrementally ("isolating").
 */
public final class UdtfProcessor extends AbstractProcessor {

  private static final String API = "dev.geneva.udtf.";
  private static final String UDTF = API + "Udtf";
  private static final String ARROW_RECORD = API + "ArrowRecord";

  /** The origin of each generated class. */
  private final Map<String, String> written = new HashMap<>();

  private final Set<String> postponed = new LinkedHashSet<>();
  private Optional<Analyses> analyses = Optional.empty();

  /** Called by the compiler. */
  public UdtfProcessor() {}

  private record Analyses(
      Compiler compiler,
      RequiredRecords records,
      ClassAnalysis classes,
      FunctionAnalysis functions,
      RecordAnalysis recordAnalysis) {}

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    Compiler compiler = Compiler.of(environment, new Reporter(environment.getMessager()));
    RequiredRecords records = new RequiredRecords(compiler);
    analyses =
        Optional.of(
            new Analyses(
                compiler,
                records,
                new ClassAnalysis(compiler, records),
                new FunctionAnalysis(compiler, records),
                new RecordAnalysis(compiler, records)));
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  /**
   * All of ours, and the one on what we generate, so that with {@code -Xlint:processing} none of
   * them is said to have no processor.
   */
  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(
        UDTF,
        ARROW_RECORD,
        "javax.annotation.processing.Generated",
        API + "ArrowField",
        API + "Decimal",
        API + "FixedSize",
        API + "HalfFloat",
        API + "OnError",
        API + "Unsigned");
  }

  /** Claims the annotations, or {@code -Xlint:processing} would say that nobody does. */
  @Override
  @SuppressWarnings("DoNotClaimAnnotations")
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Analyses ours = analyses.orElseThrow();
    ours.records().beginRound(round.getRootElements());
    if (!round.processingOver()) {
      for (TypeElement type : annotated(ours, round)) {
        try {
          analyze(ours, type);
        } catch (UnresolvedTypeException e) {
          postponed.add(type.getQualifiedName().toString());
        }
      }
      generateConverters(ours);
    }
    return true;
  }

  /**
   * What this round has, and what earlier ones had but couldn't resolve; sorted, since compilers
   * differ in their order.
   */
  private Collection<TypeElement> annotated(Analyses ours, RoundEnvironment round) {
    SortedMap<String, TypeElement> types = new TreeMap<>();
    for (String name : postponed) {
      TypeElement type = ours.compiler().elements().getTypeElement(name);
      if (type != null) {
        types.put(name, type);
      }
    }
    postponed.clear();
    for (String annotation : List.of(UDTF, ARROW_RECORD)) {
      TypeElement annotationType = ours.compiler().elements().getTypeElement(annotation);
      if (annotationType != null) {
        for (Element element : round.getElementsAnnotatedWith(annotationType)) {
          Element declaring =
              element instanceof TypeElement ? element : element.getEnclosingElement();
          if (declaring instanceof TypeElement type) {
            types.put(type.getQualifiedName().toString(), type);
          }
        }
      }
    }
    return types.values();
  }

  private void analyze(Analyses ours, TypeElement type) {
    if (has(type, ARROW_RECORD)) {
      ours.records().requireAnnotated(type);
    }
    if (has(type, UDTF)) {
      ours.classes()
          .analyze(type)
          .ifPresent(model -> write(ours, DescriptorSource.of(model), type));
    }
    ours.functions()
        .analyze(type)
        .ifPresent(
            model -> {
              write(ours, FunctionsSource.of(model), type);
              for (FunctionModel function : model.functions()) {
                function
                    .descriptor()
                    .ifPresent(descriptor -> write(ours, DescriptorSource.of(descriptor), type));
              }
            });
  }

  private static boolean has(Element element, String annotation) {
    return element.getAnnotationMirrors().stream()
        .anyMatch(
            mirror ->
                mirror.getAnnotationType().asElement() instanceof TypeElement type
                    && type.getQualifiedName().contentEquals(annotation));
  }

  private void generateConverters(Analyses ours) {
    for (Optional<TypeElement> next = ours.records().next();
        next.isPresent();
        next = ours.records().next()) {
      TypeElement type = next.get();
      try {
        ours.recordAnalysis()
            .analyze(type)
            .ifPresent(model -> write(ours, ConverterSource.of(model), type));
      } catch (UnresolvedTypeException e) {
        ours.records().postpone(type);
      }
    }
  }

  private void write(Analyses ours, JavaFile file, TypeElement origin) {
    String name =
        file.packageName().isEmpty()
            ? file.typeSpec().name()
            : file.packageName() + "." + file.typeSpec().name();
    String earlier = written.putIfAbsent(name, origin.getQualifiedName().toString());
    if (earlier != null && origin.getQualifiedName().contentEquals(earlier)) {
      // Analysed once more, because something else of the class came in a later round.
      return;
    }
    try {
      file.writeTo(processingEnv.getFiler());
    } catch (FilerException e) {
      ours.compiler()
          .reporter()
          .report(Diagnostic.GENERATED_NAME_TAKEN, Site.of(origin), name, origin.getSimpleName());
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + name, e);
    }
  }
}
