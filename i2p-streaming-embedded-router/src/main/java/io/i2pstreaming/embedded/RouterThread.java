package io.i2pstreaming.embedded;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a {@link RouterMachine} in real time: the one thread that touches it. Others hand in
 * tasks, which never waits; each of them limits what it has handed in. Sleeps until the next event
 * of the network or the next task.
 */
final class RouterThread {
  /** Something to do with the machine, on its thread. */
  interface Task {
    void run(RouterMachine machine, long now);
  }

  private static final Logger LOG = LoggerFactory.getLogger(RouterThread.class);

  /** Tasks before the network gets its turn. */
  private static final int TASKS_PER_TURN = 256;

  private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long STOP_WITHIN_MILLIS = 5_000;

  private final RouterMachine machine;
  private final LongSupplier nanoTime;
  private final ConcurrentLinkedQueue<Task> inbox = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "i2p-embedded-router");
  private volatile boolean sleeping;
  private volatile boolean stopping;
  private volatile boolean finished;

  RouterThread(RouterMachine machine, LongSupplier nanoTime) {
    this.machine = machine;
    this.nanoTime = nanoTime;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Runs the task soon, on the router's thread; false when that has ended. */
  boolean submit(Task task) {
    inbox.add(task);
    if (sleeping) {
      LockSupport.unpark(thread);
    }
    // The thread empties the inbox once more after it says so: what is still in was not run.
    return !finished || !inbox.remove(task);
  }

  /** Whether the caller is the router's own thread. */
  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Ends every connection and the thread, and waits for that a bounded time. */
  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
    if (isCurrent()) {
      return;
    }
    boolean interrupted = false;
    try {
      thread.join(STOP_WITHIN_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!stopping) {
      runTasks(TASKS_PER_TURN);
      guarded((router, now) -> router.onTimer(now));
      sleep();
    }
    finished = true;
    runTasks(Integer.MAX_VALUE);
    guarded((router, now) -> router.shutDown("the embedded router was stopped"));
  }

  private void runTasks(int limit) {
    for (int i = 0; i < limit; i++) {
      Task task = inbox.poll();
      if (task == null) {
        return;
      }
      guarded(task);
    }
  }

  /** A fault must not end the router of all other clients. */
  private void guarded(Task task) {
    try {
      task.run(machine, nanoTime.getAsLong());
    } catch (RuntimeException e) {
      LOG.error("The embedded router failed in a task; please report this", e);
    }
  }

  private void sleep() {
    sleeping = true;
    if (inbox.isEmpty() && !stopping) {
      long deadline = machine.nextDeadline();
      long wait = deadline == RouterMachine.NEVER ? LONGEST_SLEEP_NANOS : remaining(deadline);
      if (wait > 0) {
        LockSupport.parkNanos(this, Math.min(wait, LONGEST_SLEEP_NANOS));
      }
    }
    sleeping = false;
  }

  private long remaining(long deadline) {
    return deadline - nanoTime.getAsLong();
  }
}
