package dev.geneva.examples.flags;

import java.util.Locale;
import java.util.Map;

/** What the codes of flags stand for, in English. */
public final class CountryNames {

  /** Codes that aren't ISO 3166-1, or whose name there would be of no use. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("arab", "League of Arab States"),
          Map.entry("asean", "ASEAN"),
          Map.entry("cefta", "CEFTA"),
          Map.entry("eac", "East African Community"),
          Map.entry("es-ct", "Catalonia"),
          Map.entry("es-ga", "Galicia"),
          Map.entry("es-pv", "Basque Country"),
          Map.entry("gb-eng", "England"),
          Map.entry("gb-nir", "Northern Ireland"),
          Map.entry("gb-sct", "Scotland"),
          Map.entry("gb-wls", "Wales"),
          Map.entry("pc", "Pacific Community"),
          Map.entry("sh-ac", "Ascension Island"),
          Map.entry("sh-hl", "Saint Helena"),
          Map.entry("sh-ta", "Tristan da Cunha"),
          Map.entry("xx", "Unknown"));

  private CountryNames() {}

  /**
   * The name of a territory or organisation.
   *
   * @param code in lower case
   * @return its name, or the code in upper case if it is unknown
   */
  public static String of(String code) {
    String other = OTHERS.get(code);
    if (other != null) {
      return other;
    }
    if (code.length() != 2) {
      return code.toUpperCase(Locale.ROOT);
    }
    return new Locale.Builder().setRegion(code).build().getDisplayCountry(Locale.ENGLISH);
  }
}
