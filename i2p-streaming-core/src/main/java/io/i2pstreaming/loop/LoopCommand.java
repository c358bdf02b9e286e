package io.i2pstreaming.loop;

/** Something for the loop thread to do. */
@FunctionalInterface
interface LoopCommand {
  /** Called once, on the loop thread. */
  void run(long now);
}
