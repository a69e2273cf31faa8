package dev.geneva.examples.flags;

import java.io.IOException;
import java.util.List;

/** A few flags, so that tests are quick. */
final class TestFlags {

  /**
   * Fourteen territories, of which the tenth is held back: France and Réunion share a flag, Norway
   * and Svalbard but for a shade, and Indonesia and Monaco look alike.
   */
  static final List<String> CODES =
      List.of("br", "ca", "ch", "fr", "gr", "id", "jp", "ke", "mc", "no", "np", "re", "sj", "za");

  private TestFlags() {}

  /** Flags by code, in both shapes. */
  static List<Flag> of(String... codes) throws IOException {
    return of(List.of(codes));
  }

  /** Flags by code, in both shapes. */
  static List<Flag> of(List<String> codes) throws IOException {
    return FlagCatalog.load().stream().filter(flag -> codes.contains(flag.code())).toList();
  }
}
