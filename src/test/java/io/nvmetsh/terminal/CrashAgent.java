package io.nvmetsh.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;

/**
 * Gives the built program a bug: whatever value it is to write, it fails with an exception that
 * quotes it. An agent of the JVM, so that the program itself stays as it is shipped; what it needs
 * to rewrite a class is among the program's own jars.
 */
public final class CrashAgent {

  private static final String BROKEN = "io/nvmetsh/plan/Change$SetAttribute";
  private static final String METHOD = "applyTo(Lio/nvmetsh/kernel/Target;)V";

  private CrashAgent() {}

  /** Called by the JVM before the program's own main. */
  public static void premain(String words, Instrumentation instrumentation) {
    instrumentation.addTransformer(new Breaker());
  }

  /** Breaks the one class. */
  static final class Breaker implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
        @Nullable ClassLoader loader,
        String name,
        @Nullable Class<?> type,
        @Nullable ProtectionDomain domain,
        byte[] bytes) {
      if (!name.equals(BROKEN)) {
        return null;
      }
      ClassReader reader = new ClassReader(bytes);
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(new Fault(writer), 0);
      return writer.toByteArray();
    }
  }

  /** Puts {@code if (true) throw new IllegalStateException(this.value)} into the method. */
  static final class Fault extends ClassVisitor {
    Fault(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
      if (!(name + descriptor).equals(METHOD)) {
        return method;
      }
      String exception = "java/lang/IllegalStateException";
      method.visitCode();
      method.visitTypeInsn(Opcodes.NEW, exception);
      method.visitInsn(Opcodes.DUP);
      method.visitVarInsn(Opcodes.ALOAD, 0);
      method.visitFieldInsn(Opcodes.GETFIELD, BROKEN, "value", "Ljava/lang/String;");
      method.visitMethodInsn(
          Opcodes.INVOKESPECIAL, exception, "<init>", "(Ljava/lang/String;)V", false);
      method.visitInsn(Opcodes.ATHROW);
      method.visitMaxs(0, 0);
      method.visitEnd();
      // the body that was there is left out
      return new MethodVisitor(Opcodes.ASM9) {};
    }
  }

  /** The agent as a file. */
  static Path jar(Path file) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(new Attributes.Name("Premain-Class"), CrashAgent.class.getName());
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      for (String suffix : new String[] {"", "$Breaker", "$Fault", "$Fault$1"}) {
        String name = CrashAgent.class.getName().replace('.', '/') + suffix + ".class";
        jar.putNextEntry(new JarEntry(name));
        try (InputStream in = CrashAgent.class.getResourceAsStream("/" + name)) {
          Objects.requireNonNull(in, name).transferTo(jar);
        }
      }
    }
    return file;
  }
}
