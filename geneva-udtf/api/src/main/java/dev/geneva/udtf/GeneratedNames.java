package dev.geneva.udtf;

/**
 * The names of generated classes, in one place for the processor that writes them and the library
 * that looks for them.
 */
public final class GeneratedNames {

  private GeneratedNames() {}

  /**
   * The binary name of the {@link UdtfDescriptor} of a class.
   *
   * @param binaryName the class's binary name, such as {@code com.acme.Outer$Dedupe}
   * @return such as {@code com.acme.Outer_Dedupe_UdtfDescriptor}
   */
  public static String descriptorOf(String binaryName) {
    return besides(binaryName) + "_UdtfDescriptor";
  }

  /**
   * The binary name of the {@link ArrowRecordConverter} of a record.
   *
   * @param binaryName the record's binary name, such as {@code com.acme.Dedupe$Assignment}
   * @return such as {@code com.acme.Dedupe_Assignment_ArrowConverter}
   */
  public static String converterOf(String binaryName) {
    return besides(binaryName) + "_ArrowConverter";
  }

  /**
   * The binary name of the class whose methods make the functions that a class declares as static
   * methods.
   *
   * @param binaryName the class's binary name, such as {@code com.acme.Stats}
   * @return such as {@code com.acme.StatsUdtfs}
   */
  public static String functionsOf(String binaryName) {
    return besides(binaryName) + "Udtfs";
  }

  /** The same package, with the simple names joined: generated classes are top-level. */
  private static String besides(String binaryName) {
    int dot = binaryName.lastIndexOf('.');
    return binaryName.substring(0, dot + 1) + binaryName.substring(dot + 1).replace('$', '_');
  }
}
