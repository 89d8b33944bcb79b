package io.nvmetsh.shell;

import io.nvmetsh.session.Session;

/**
 * Ctrl-C, or a kill, while a command or a script runs that nobody is at the keyboard of: it stops
 * between two changes, says how far it got and ends the program with its own status. Without this
 * the process would be gone in the middle, and with it what a simulated kernel had become.
 */
final class Interruption extends Thread {

  /** How long a change that the kernel takes its time for may hold up the end of the program. */
  private static final long PATIENCE_MILLIS = 2000;

  private final Session session;
  private final Thread runner;

  private Interruption(Session session, Thread runner) {
    super("interruption");
    this.session = session;
    this.runner = runner;
  }

  /** Watches over the lines that this thread is about to run. */
  static Interruption of(Session session) {
    Interruption hook = new Interruption(session, Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  /** What the JVM does before it goes: waits for the runner, which ends the process first. */
  @Override
  public void run() {
    session.interrupt();
    try {
      runner.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The lines have run. */
  void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(this);
    } catch (IllegalStateException e) {
      // it runs already
    }
  }
}
