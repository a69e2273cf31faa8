package dev.geneva.internal.lance;

import dev.geneva.internal.store.FileStore;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The end of a file in Lance's format 2, which says where its global buffers are; Lance's reader
 * for Java doesn't hand them out. It is also looked at before that reader sees a file, as an empty
 * one would make it abort the process.
 *
 * <p>The last 40 bytes, little-endian: positions of the column metadata, of the table of columns
 * and of the table of global buffers (8 bytes each), the number of buffers and of columns (4 each),
 * the version (2 and 2), {@code LANC}. The table has a position and a length (8 and 8) for each
 * buffer. Buffer 0 is the schema.
 */
final class LanceFileTail {

  private static final int BYTES = 40;

  /** What is read at once: mostly all that is asked for, as on object stores each read is slow. */
  private static final int READ_AT_ONCE = 64 << 10;

  private static final int TABLE_POSITION = 16;
  private static final int TABLE_SIZE = 24;
  private static final int MAJOR = 32;
  private static final int MAGIC = 36;
  private static final int LANC = 'L' | 'A' << 8 | 'N' << 16 | 'C' << 24;

  private final FileStore files;
  private final String file;
  private final long size;
  private final byte[] end;
  private final ByteBuffer tail;

  private LanceFileTail(FileStore files, String file, long size, byte[] end) {
    this.files = files;
    this.file = file;
    this.size = size;
    this.end = end;
    this.tail = littleEndian(end, end.length - BYTES, BYTES);
  }

  /**
   * Reads the end of a file.
   *
   * @param file in the database
   * @throws IOException if it isn't a file in format 2
   */
  static LanceFileTail read(FileStore files, String file) throws IOException {
    String name = files.uri(file);
    long size = files.size(file).orElseThrow(() -> new FileNotFoundException("No " + name));
    if (size < BYTES) {
      throw new EOFException(name + " has " + size + " bytes, too few for a Lance file");
    }
    int length = (int) Math.min(size, READ_AT_ONCE);
    LanceFileTail read =
        new LanceFileTail(files, file, size, files.read(file, size - length, length));
    if (read.tail.getInt(MAGIC) != LANC || read.tail.getShort(MAJOR) != 2) {
      throw new IOException(name + " isn't a Lance file of format 2");
    }
    return read;
  }

  /**
   * Reads a global buffer.
   *
   * @param number from 0, which is the schema
   * @throws IOException if there is none
   */
  ByteBuffer globalBuffer(int number) throws IOException {
    int buffers = tail.getInt(TABLE_SIZE);
    if (number < 0 || number >= buffers) {
      throw new IOException(
          files.uri(file) + " has " + buffers + " global buffers, not a number " + number);
    }
    ByteBuffer place = read(tail.getLong(TABLE_POSITION) + 16L * number, 16);
    return read(place.getLong(0), place.getLong(8));
  }

  private ByteBuffer read(long position, long length) throws IOException {
    if (position < 0 || length < 0 || length > Integer.MAX_VALUE - 8) {
      throw new IOException("No such place: " + length + " bytes at " + position);
    }
    if (length > size - position) {
      throw new EOFException("The file ends before " + (position + length));
    }
    long inEnd = position - (size - end.length);
    if (inEnd >= 0) {
      return littleEndian(end, (int) inEnd, (int) length);
    }
    byte[] bytes = files.read(file, position, (int) length);
    return littleEndian(bytes, 0, bytes.length);
  }

  private static ByteBuffer littleEndian(byte[] bytes, int offset, int length) {
    return ByteBuffer.wrap(bytes, offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public String toString() {
    return files.uri(file) + " (" + size + " bytes)";
  }
}
