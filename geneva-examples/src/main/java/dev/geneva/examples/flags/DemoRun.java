package dev.geneva.examples.flags;

import dev.geneva.Connection;
import dev.geneva.Engine;
import dev.geneva.Geneva;
import dev.geneva.LocalEngine;
import dev.geneva.RefreshOptions;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.examples.flags.DemoOptions.UsageException;
import dev.geneva.examples.flags.FlagDemo.FlagSource;
import dev.geneva.ray.RayEngine;
import dev.geneva.ray.RayOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** One run of the demo, step by step. */
final class DemoRun {

  private static final String IMAGES = "images";
  private static final String VIEW = "deduped_images";

  /** Twice what the sheet shows, for sharp screens. */
  private static final int LARGE_THUMBNAIL = 192;

  private static final int SMALL_THUMBNAIL = 72;
  private static final int REPEATS = 100;

  private final DemoOptions options;
  private final FlagSource flags;
  private final PrintStream out;
  private final ProgressBar bar;
  private Engine engine = LocalEngine.ofDefaults();

  DemoRun(DemoOptions options, FlagSource flags, PrintStream out, boolean terminal) {
    this.options = options;
    this.flags = flags;
    this.out = out;
    this.bar = new ProgressBar(out, terminal);
  }

  /**
   * Runs all steps.
   *
   * @throws UsageException if the database has the demo's tables already, or there are no pictures
   */
  void run() throws IOException {
    // Else ImageIO makes a temporary file for each of thousands of pictures.
    ImageIO.setUseCache(false);
    String db = options.db().isPresent() ? options.db().get() : newDatabase();
    Path sheet = options.out().orElseGet(() -> target().resolve("contact-sheet.html"));
    try (Connection connection = Geneva.connect(db)) {
      refuseIfTaken(connection, db);
      heading("The pictures");
      Subject subject = options.images().isPresent() ? folder(options.images().get()) : flags();
      out.println("  database  " + db);
      if (!options.ray()) {
        run(connection, subject, sheet);
        return;
      }
      long start = System.nanoTime();
      // The function asks for 4 CPUs and 8 GiB; promised, so that the demo runs on a laptop, too.
      RayOptions promised = RayOptions.builder().cpus(4).memoryBytes(16L << 30).build();
      try (RayEngine ray = RayEngine.local(promised)) {
        engine = ray;
        out.printf("  engine    %s (%s)%n", ray.name(), Words.timeSince(start));
        run(connection, subject, sheet);
      }
    }
  }

  private void run(Connection connection, Subject subject, Path sheet) throws IOException {
    Iterator<Picture> first = subject.pictures.first();
    if (!first.hasNext()) {
      throw new UsageException("no picture could be read: " + subject.pictures.description());
    }
    Table images = connection.createTable(IMAGES, Picture.class, () -> first);
    bar.end();
    out.printf("  table     %s: %s%n", IMAGES, Words.count(images.countRows(), "picture"));

    heading("The view");
    UdtfView view =
        connection.createUdtfView(
            VIEW, images.search().select("row_id", "phash"), new PHashDedupe(options.threshold()));
    out.printf(
        "  %s = %s over row_id, phash of %s%n", VIEW, new PHashDedupe(options.threshold()), IMAGES);
    RefreshReport report = refresh(view);

    heading("What was found");
    List<Cluster> before = Cluster.read(images, view);
    subject.report.print(before, out);
    write(sheet, subject.report.sheet(before, footer(report, view)), images);

    heading("Refreshed again, with nothing new");
    refreshUnchanged(view);

    heading("Refreshed once more, with pictures added");
    Iterator<Picture> later = subject.pictures.later();
    if (!later.hasNext()) {
      out.println("  there are too few pictures to hold any back");
      return;
    }
    images.add(Picture.class, () -> later);
    bar.end();
    out.printf("  table     %s: %s%n", IMAGES, Words.count(images.countRows(), "picture"));
    RefreshReport again = refresh(view);
    List<Cluster> after = Cluster.read(images, view);
    subject.report.printChange(before, after, out);
    write(sheet, subject.report.sheet(after, footer(again, view)), images);
  }

  private Subject flags() throws IOException {
    List<Flag> found = flags.load();
    long start = System.nanoTime();
    FlagPictures pictures =
        FlagPictures.draw(
            found,
            options.hash(),
            (done, total) -> bar.show("draw", done, total, Words.count(done, "drawing")));
    ThresholdTable thresholds = pictures.thresholds();
    bar.end();
    out.printf("  %s (%s)%n", pictures.description(), Words.timeSince(start));
    out.printf(
        "  %s different drawings of %s different flags, by their pixels%n",
        pictures.truth().countDrawings(), pictures.truth().countFlags());
    return new Subject(
        pictures,
        new FlagReport(pictures.truth(), thresholds, options.hash(), options.threshold()));
  }

  private Subject folder(Path folder) throws IOException {
    FolderPictures pictures =
        FolderPictures.list(
            folder,
            options.hash(),
            (file, reason) -> bar.interrupt("  skipped   " + file + ": " + reason),
            (done, total) -> bar.show("read", done, total, Words.count(done, "file")));
    out.println("  " + pictures.description());
    return new Subject(pictures, new FolderReport(folder, options.hash(), options.threshold()));
  }

  private RefreshReport refresh(UdtfView view) {
    RefreshReport report = view.refresh(onEngine().listener(bar).build());
    bar.end();
    out.printf(
        "  %s: %s read, %s written, version %d of the view; %s%n",
        report.status(),
        Words.count(report.rowsRead(), "row"),
        Words.count(report.rowsWritten()),
        report.viewVersion(),
        report.durations().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                stage ->
                    stage.getKey().name().toLowerCase(Locale.ROOT)
                        + " "
                        + Words.time(stage.getValue()))
            .collect(Collectors.joining(", ")));
    return report;
  }

  private RefreshOptions.Builder onEngine() {
    return RefreshOptions.builder().on(engine);
  }

  private void refreshUnchanged(UdtfView view) {
    long start = System.nanoTime();
    RefreshReport report = view.refresh(onEngine().build());
    Duration once = Duration.ofNanos(System.nanoTime() - start);
    long[] nanos = new long[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      start = System.nanoTime();
      view.refresh(onEngine().build());
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    out.printf(
        "  %s in %s; %s more: %s at the median%n",
        report.status(),
        Words.time(once),
        Words.count(REPEATS, "refresh").replace("refreshs", "refreshes"),
        Words.time(Duration.ofNanos(nanos[REPEATS / 2])));
  }

  private void write(Path file, Sheet sheet, Table images) throws IOException {
    long start = System.nanoTime();
    SheetWriter.write(file, sheet, thumbnails(sheet, images));
    out.printf(
        "%n  contact sheet  %s  (%s kB, %s)%n",
        file.toUri(), Words.count(Files.size(file) / 1000), Words.timeSince(start));
  }

  private static Map<Long, byte[]> thumbnails(Sheet sheet, Table images) {
    Set<Long> large = sheet.mainShots().map(Sheet.Shot::rowId).collect(Collectors.toSet());
    Set<Long> wanted = sheet.shots().map(Sheet.Shot::rowId).collect(Collectors.toSet());
    Map<Long, byte[]> thumbnails = new HashMap<>();
    try (Stream<Picture> pictures = images.search().records(Picture.class)) {
      pictures
          .filter(picture -> wanted.contains(picture.rowId()))
          .forEach(
              picture ->
                  thumbnails.put(
                      picture.rowId(),
                      Thumbnail.of(
                          picture.image(),
                          large.contains(picture.rowId()) ? LARGE_THUMBNAIL : SMALL_THUMBNAIL)));
    }
    return thumbnails;
  }

  private static String footer(RefreshReport report, UdtfView view) {
    return "Version %d of the view %s, made from version %d of the table %s by %s."
        .formatted(
            report.viewVersion(), view.name(), report.sourceVersion(), IMAGES, "PHashDedupe");
  }

  private void refuseIfTaken(Connection connection, String db) {
    if (connection.tableNames().contains(IMAGES) || connection.udtfViewNames().contains(VIEW)) {
      throw new UsageException(
          "the database %s has %s or %s already. The demo changes nothing that is there: choose another with --db, or leave the option out for a new one."
              .formatted(db, IMAGES, VIEW));
    }
  }

  private void heading(String text) {
    out.printf("%n%s%n", text);
  }

  private static String newDatabase() throws IOException {
    return Files.createTempDirectory(Files.createDirectories(target()), "flags-db-").toString();
  }

  /** Where the build puts things, whether the demo is started in the project or in its module. */
  private static Path target() {
    Path here = Path.of("").toAbsolutePath();
    Path module = here.resolve("geneva-examples");
    return (Files.isDirectory(module) ? module : here).resolve("target");
  }

  /** The pictures, and what is to be said about them. */
  private record Subject(PictureSet pictures, Report report) {}
}
