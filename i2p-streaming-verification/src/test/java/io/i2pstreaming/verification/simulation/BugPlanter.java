package io.i2pstreaming.verification.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Loads the engine and the simulation anew with one mistake in it: where a method reads a field for
 * the first time, it gets one too many. Everybody else keeps the classes as they are.
 */
final class BugPlanter extends ClassLoader {
  private static final String OURS = "io.i2pstreaming.";

  private final String victim;
  private final String method;
  private final String field;
  private boolean planted;

  BugPlanter(String victim, String method, String field) {
    super(BugPlanter.class.getClassLoader());
    this.victim = victim;
    this.method = method;
    this.field = field;
  }

  boolean planted() {
    return planted;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      return name.startsWith(OURS) ? define(name) : super.loadClass(name, resolve);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      byte[] code = name.equals(victim) ? spoil(bytes) : bytes;
      return defineClass(name, code, 0, code.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] spoil(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor plain = super.visitMethod(access, name, type, signature, exceptions);
            return name.equals(method) ? new OneTooMany(plain) : plain;
          }
        },
        0);
    return writer.toByteArray();
  }

  private final class OneTooMany extends MethodVisitor {
    OneTooMany(MethodVisitor plain) {
      super(Opcodes.ASM9, plain);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String type) {
      super.visitFieldInsn(opcode, owner, name, type);
      if (!planted && opcode == Opcodes.GETFIELD && name.equals(field)) {
        planted = true;
        boolean wide = type.equals("J");
        super.visitInsn(wide ? Opcodes.LCONST_1 : Opcodes.ICONST_1);
        super.visitInsn(wide ? Opcodes.LADD : Opcodes.IADD);
      }
    }
  }
}
