package io.i2pstreaming.i2cp;

/** Compares the I2CP versions that routers announce, number by number. */
final class RouterVersion {
  private RouterVersion() {}

  /** Whether {@code version} is older than the given one; a text that is no version is not. */
  static boolean isOlder(String version, int major, int minor, int patch) {
    String[] parts = version.split("\\.", 4);
    int[] wanted = {major, minor, patch};
    for (int i = 0; i < wanted.length; i++) {
      int number = i < parts.length ? number(parts[i]) : 0;
      if (number < 0 || number > wanted[i]) {
        return false;
      }
      if (number < wanted[i]) {
        return true;
      }
    }
    return false;
  }

  private static int number(String part) {
    if (part.isEmpty() || part.length() > 6) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < part.length(); i++) {
      int digit = part.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
