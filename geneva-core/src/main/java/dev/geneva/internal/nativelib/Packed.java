package dev.geneva.internal.nativelib;

/**
 * A library as its jar describes it.
 *
 * @param fileName such as {@code libname.so}
 * @param size of the library in bytes
 * @param crc CRC-32 of the library
 */
record Packed(String fileName, long size, long crc) {

  /** The file's name in a cache: each content its own. */
  String keptName() {
    return Long.toHexString(crc) + "-" + size + "-" + fileName;
  }
}
