package dev.geneva.internal.digest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/**
 * A digest of what a class does: of its bytes and those of its nest mates, without debug data, so
 * that a moved line or another compiler flag isn't another version. Computed once for each class.
 * Thread-safe.
 */
public final class CodeDigest {

  private static final ClassValue<String> DIGESTS =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return compute(type);
        }
      };

  private CodeDigest() {}

  /** The digest of a class, in 64 hexadecimal digits. */
  public static String of(Class<?> type) {
    return DIGESTS.get(type.getNestHost());
  }

  private static String compute(Class<?> nestHost) {
    Class<?>[] mates = nestHost.getNestMembers();
    Arrays.sort(mates, Comparator.comparing(Class::getName));
    Digest digest = new Digest();
    for (Class<?> mate : mates) {
      digest.add(mate.getName()).add(withoutDebugData(bytes(mate)));
    }
    return digest.hex();
  }

  private static byte[] bytes(Class<?> type) {
    String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(
            type.getName() + " has no class file to be found, so its version must be declared");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("Can't read the class file of " + type.getName(), e);
    }
  }

  private static byte[] withoutDebugData(byte[] classFile) {
    try {
      // A writer that copies nothing from the reader builds the constant pool in the order of use,
      // so the names of local variables leave no trace in it.
      ClassWriter writer = new ClassWriter(0);
      new ClassReader(classFile).accept(writer, ClassReader.SKIP_DEBUG);
      return writer.toByteArray();
    } catch (IllegalArgumentException e) {
      // Newer than what ASM knows: debug data then counts too.
      return classFile;
    }
  }
}
