package io.i2pstreaming.spring;

import org.jspecify.annotations.Nullable;

/**
 * The application is configured in a way that cannot work. Says what is wrong, and what to change.
 */
public class I2PConfigurationException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final String description;
  private final String action;

  /** Both texts are whole sentences for the application's developer. */
  public I2PConfigurationException(String description, String action) {
    this(description, action, null);
  }

  /** Both texts are whole sentences for the application's developer. */
  public I2PConfigurationException(String description, String action, @Nullable Throwable cause) {
    super(sentence(description) + " " + action, cause);
    this.description = sentence(description);
    this.action = action;
  }

  /** With one full stop, also where it ends with a sentence of somebody else's. */
  private static String sentence(String text) {
    return text.endsWith("..") ? text.substring(0, text.length() - 1) : text;
  }

  /** What is wrong. */
  public String description() {
    return description;
  }

  /** What to change. */
  public String action() {
    return action;
  }
}
