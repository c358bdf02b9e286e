package io.i2pstreaming.verification.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;

/** Fails for synchronized methods, which have a modifier, and blocks, which are an instruction. */
final class NotSynchronize extends ArchCondition<JavaClass> {
  NotSynchronize() {
    super("not synchronize");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    type.getMethods().stream()
        .filter(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
        .forEach(
            method ->
                events.add(
                    SimpleConditionEvent.violated(
                        method, method.getFullName() + " is a synchronized method")));
    try (InputStream bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      new ClassReader(bytes)
          .accept(
              new MonitorFinder(type, events), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class MonitorFinder extends ClassVisitor {
    private final JavaClass type;
    private final ConditionEvents events;

    MonitorFinder(JavaClass type, ConditionEvents events) {
      super(SpringAsmInfo.ASM_VERSION);
      this.type = type;
      this.events = events;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(SpringAsmInfo.ASM_VERSION) {
        @Override
        public void visitInsn(int opcode) {
          if (opcode == Opcodes.MONITORENTER) {
            events.add(
                SimpleConditionEvent.violated(
                    type, type.getName() + "." + name + " has a synchronized block"));
          }
        }
      };
    }
  }
}
