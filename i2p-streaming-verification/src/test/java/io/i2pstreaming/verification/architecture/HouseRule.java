package io.i2pstreaming.verification.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every rule about who may know whom and what is banned where, as docs/architecture.md states them.
 * A rule is a function of the base package, so that it can be pointed at the house and at a broken
 * copy of it.
 */
enum HouseRule {
  /** Arrows only downward; neighbours on a floor do not know each other. */
  ARROWS_POINT_DOWNWARD {
    @Override
    ArchRule in(String base) {
      String[] floors = {
        "root",
        "facade",
        "trace",
        "loop",
        "endpoint",
        "i2cp",
        "link",
        "connection",
        "wire",
        "identity",
        "buffer"
      };
      var house = layeredArchitecture().consideringOnlyDependenciesInLayers();
      house = house.withOptionalLayers(true).layer("root").definedBy(base);
      for (String floor : floors) {
        if (!floor.equals("root")) {
          house = house.layer(floor).definedBy(base + "." + floor + "..");
        }
      }
      return house
          .whereLayer("root")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("facade")
          .mayOnlyBeAccessedByLayers("root")
          // A loop shows packets, it does not know who writes them down.
          .whereLayer("trace")
          .mayOnlyBeAccessedByLayers("root")
          .whereLayer("loop")
          .mayOnlyBeAccessedByLayers("root", "facade")
          .whereLayer("endpoint")
          .mayOnlyBeAccessedByLayers("root", "facade", "trace", "loop")
          .whereLayer("i2cp")
          .mayOnlyBeAccessedByLayers("root", "facade", "loop")
          .whereLayer("link")
          .mayOnlyBeAccessedByLayers("root", "facade", "loop")
          .whereLayer("connection")
          .mayOnlyBeAccessedByLayers("root", "facade", "loop", "endpoint")
          .whereLayer("wire")
          .mayOnlyBeAccessedByLayers("root", "facade", "trace", "loop", "endpoint", "connection")
          // Not by connection: signing enters it by a port.
          .whereLayer("identity")
          .mayOnlyBeAccessedByLayers("root", "facade", "loop", "endpoint", "i2cp", "wire")
          .whereLayer("buffer")
          .mayNotAccessAnyLayer();
    }
  },

  /** The packet format needs the lengths of keys and signatures, no key. */
  WIRE_KNOWS_ONLY_THE_LENGTHS_OF_KEYS {
    @Override
    ArchRule in(String base) {
      return noClasses()
          .that()
          .resideInAPackage(base + ".wire..")
          .should()
          .dependOnClassesThat(
              resideInAPackage(base + ".identity..").and(not(simpleName("SigningKeyType"))));
    }
  },

  /** Time is a parameter. */
  NO_CLOCK_BELOW_THE_LOOP {
    @Override
    ArchRule in(String base) {
      return noClasses()
          .that(belowLoop(base))
          .should()
          .callMethodWhere(
              method(System.class, "nanoTime", "currentTimeMillis")
                  .or(staticNowOf("java.time."))
                  .or(method(java.time.Clock.class, "systemUTC", "systemDefaultZone", "system")))
          .orShould()
          .dependOnClassesThat(
              named("java.util.Date", "java.util.Calendar", "java.util.GregorianCalendar"));
    }
  },

  /** Randomness is a parameter; identity's key generation takes a SecureRandom, makes none. */
  NO_RANDOMNESS_BELOW_THE_LOOP {
    @Override
    ArchRule in(String base) {
      return noClasses()
          .that(belowLoop(base))
          .should()
          .dependOnClassesThat(
              named(
                  "java.util.Random",
                  "java.util.SplittableRandom",
                  "java.util.concurrent.ThreadLocalRandom",
                  "java.util.random.RandomGeneratorFactory",
                  "java.util.UUID",
                  "org.bouncycastle.crypto.CryptoServicesRegistrar"))
          .orShould()
          .callMethodWhere(
              method(Math.class, "random")
                  .or(method(StrictMath.class, "random"))
                  .or(method(java.util.random.RandomGenerator.class, "of", "getDefault"))
                  .or(method(java.security.SecureRandom.class, "getInstance", "getInstanceStrong")))
          .orShould()
          .callConstructorWhere(
              owner(java.security.SecureRandom.class, "makes a SecureRandom", "<init>"));
    }
  },

  /** Tables ordered by where objects lie in memory differ from run to run. */
  NO_ORDER_BY_ACCIDENT_BELOW_THE_LOOP {
    @Override
    ArchRule in(String base) {
      return noClasses()
          .that(belowLoop(base))
          .should()
          .dependOnClassesThat(named("java.util.IdentityHashMap", "java.util.WeakHashMap"))
          .orShould()
          .callMethodWhere(
              method(System.class, "identityHashCode").or(method(Object.class, "hashCode")));
    }
  },

  /** One thread owns all of this, so nothing below needs a lock or may wait. */
  NO_THREADS_AND_NO_LOCKS_BELOW_THE_LOOP {
    @Override
    ArchRule in(String base) {
      return noClasses()
          .that(belowLoop(base))
          .should()
          .dependOnClassesThat(
              resideInAPackage("java.util.concurrent..")
                  .or(
                      named(
                          "java.lang.Thread",
                          "java.lang.ThreadLocal",
                          "java.util.Timer",
                          "java.util.TimerTask")))
          .orShould()
          .callMethodWhere(method(Object.class, "wait", "notify", "notifyAll"));
    }
  },

  /** Nothing below the loop locks; the facade uses locks that do not pin virtual threads. */
  NO_SYNCHRONIZED_IN_THE_FACADE_AND_BELOW_THE_LOOP {
    @Override
    ArchRule in(String base) {
      return classes()
          .that(belowLoop(base).or(resideInAPackage(base + ".facade..")))
          .should(new NotSynchronize());
    }
  },

  /** Whoever waits, waits for a condition with a deadline. */
  NO_SLEEPING_ANYWHERE {
    @Override
    ArchRule in(String base) {
      return noClasses()
          .that()
          .resideInAPackage(base + "..")
          .should()
          .callMethodWhere(
              method(Thread.class, "sleep")
                  .or(method(java.util.concurrent.TimeUnit.class, "sleep")));
    }
  },

  /** Bytes come and go by parameters. Key files are files: identity alone opens those. */
  NO_SOCKETS_BELOW_THE_LOOP {
    @Override
    ArchRule in(String base) {
      return noClasses()
          .that(belowLoop(base))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.net..", "javax.net..")
                  .or(
                      describe(
                          "socket channels",
                          type ->
                              type.getPackageName().equals("java.nio.channels")
                                  && !type.getSimpleName().equals("FileChannel"))));
    }
  },

  /** The reference is what we compare with, never what we run on. */
  NO_CODE_OF_THE_REFERENCE {
    @Override
    ArchRule in(String base) {
      return noClasses()
          .that()
          .resideInAPackage(base + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("net.i2p..");
    }
  },

  /** The engine and the embedded router run without Spring, and know nobody above them. */
  ENGINE_AND_ROUTER_STAND_ALONE {
    @Override
    ArchRule in(String base) {
      return classes()
          .that(engine(base).or(resideInAPackage(base + ".embedded..")))
          .should()
          .onlyDependOnClassesThat(
              engine(base)
                  .or(resideInAPackage(base + ".embedded.."))
                  .or(
                      resideInAnyPackage(
                          "java..",
                          "javax.crypto..",
                          "javax.net..",
                          "jdk.net..",
                          "org.bouncycastle..",
                          "org.slf4j..",
                          "org.jspecify.."))
                  .or(describe("primitives", JavaClass::isPrimitive))
                  .or(describe("arrays of those", HouseRule::isArrayOfOurs)));
    }
  },

  /** The engine knows the way to a router, no router. */
  ENGINE_KNOWS_NO_ROUTER {
    @Override
    ArchRule in(String base) {
      return noClasses()
          .that(engine(base))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(base + ".embedded..");
    }
  };

  abstract ArchRule in(String base);

  private static DescribedPredicate<JavaClass> belowLoop(String base) {
    return resideInAnyPackage(
        Stream.of("buffer", "wire", "identity", "connection", "endpoint", "i2cp")
            .map(floor -> base + "." + floor + "..")
            .toArray(String[]::new));
  }

  private static DescribedPredicate<JavaClass> engine(String base) {
    return belowLoop(base)
        .or(
            resideInAnyPackage(
                base, base + ".facade..", base + ".trace..", base + ".loop..", base + ".link.."))
        .as("the engine");
  }

  private static boolean isArrayOfOurs(JavaClass type) {
    String element = type.getBaseComponentType().getName();
    return type.isArray()
        && (type.getBaseComponentType().isPrimitive()
            || element.startsWith("java.")
            || element.startsWith("org.bouncycastle.")
            || element.startsWith("io.i2pstreaming."));
  }

  private static DescribedPredicate<JavaClass> named(String... names) {
    Set<String> all = Set.of(names);
    return describe("named " + String.join(", ", names), type -> all.contains(type.getName()));
  }

  private static DescribedPredicate<JavaAccess<?>> method(Class<?> owner, String... names) {
    return owner(owner, owner.getSimpleName() + "." + String.join("/", names), names);
  }

  private static DescribedPredicate<JavaAccess<?>> owner(
      Class<?> owner, String description, String... names) {
    Set<String> all = Set.of(names);
    return describe(
        description,
        access ->
            access.getTargetOwner().isEquivalentTo(owner)
                && all.contains(access.getTarget().getName()));
  }

  private static DescribedPredicate<JavaAccess<?>> staticNowOf(String packagePrefix) {
    return describe(
        "now() of " + packagePrefix,
        access ->
            access.getTargetOwner().getName().startsWith(packagePrefix)
                && access.getTarget().getName().equals("now"));
  }
}
