package dev.geneva.internal.lance;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The end of a local file in Lance's format 2, which says where its global buffers are; Lance's
 * reader for Java doesn't hand them out. It is also looked at before that reader sees a file, as an
 * empty one would make it abort the process.
 *
 * <p>The last 40 bytes, little-endian: positions of the column metadata, of the table of columns
 * and of the table of global buffers (8 bytes each), the number of buffers and of columns (4 each),
 * the version (2 and 2), {@code LANC}. The table has a position and a length (8 and 8) for each
 * buffer. Buffer 0 is the schema.
 */
final class LanceFileTail {

  private static final int BYTES = 40;
  private static final int TABLE_POSITION = 16;
  private static final int TABLE_SIZE = 24;
  private static final int MAJOR = 32;
  private static final int MAGIC = 36;
  private static final int LANC = 'L' | 'A' << 8 | 'N' << 16 | 'C' << 24;

  private final Path file;
  private final long size;
  private final ByteBuffer tail;

  private LanceFileTail(Path file, long size, ByteBuffer tail) {
    this.file = file;
    this.size = size;
    this.tail = tail;
  }

  /**
   * Reads the end of a file.
   *
   * @throws IOException if it isn't a file in format 2
   */
  static LanceFileTail read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < BYTES) {
        throw new EOFException(file + " has " + size + " bytes, too few for a Lance file");
      }
      ByteBuffer tail = read(channel, size - BYTES, BYTES);
      short major = tail.getShort(MAJOR);
      if (tail.getInt(MAGIC) != LANC || major != 2) {
        throw new IOException(file + " isn't a Lance file of format 2");
      }
      return new LanceFileTail(file, size, tail);
    }
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
      throw new IOException(file + " has " + buffers + " global buffers, not a number " + number);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long entry = tail.getLong(TABLE_POSITION) + 16L * number;
      ByteBuffer place = read(channel, entry, 16);
      return read(channel, place.getLong(0), place.getLong(8));
    }
  }

  private static ByteBuffer read(FileChannel channel, long position, long length)
      throws IOException {
    if (position < 0 || length < 0 || length > Integer.MAX_VALUE - 8) {
      throw new IOException("No such place: " + length + " bytes at " + position);
    }
    if (position + length > channel.size()) {
      throw new EOFException("The file ends before " + (position + length));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException("The file became shorter");
      }
    }
    return bytes.flip();
  }

  @Override
  public String toString() {
    return file + " (" + size + " bytes)";
  }
}
