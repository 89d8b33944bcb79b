package io.nvmetsh.shell;

import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetshException;
import java.io.FileDescriptor;
import java.io.PrintWriter;

/** Where the program begins and ends. */
public final class NvmetshApplication {

  private NvmetshApplication() {}

  public static void main(String[] arguments) {
    int status = run(arguments);
    // No thread of a library may keep the program alive, and none has anything to finish.
    Runtime.getRuntime().halt(status);
  }

  static int run(String[] arguments) {
    StandardStream data = new StandardStream(FileDescriptor.out);
    PrintWriter talk = new StandardStream(FileDescriptor.err).writer();
    int status = run(arguments, data.writer(), talk);
    if (data.loss().isEmpty()) {
      return status;
    }
    talk.println("error: standard output is cut off: " + data.loss().get());
    talk.flush();
    return status == 0 ? ExitStatus.USAGE.code() : status;
  }

  /** Runs the program with its output going elsewhere, and returns the exit status. */
  static int run(String[] arguments, PrintWriter data, PrintWriter talk) {
    try {
      LaunchOptions options = LaunchOptions.parse(arguments);
      return new ShellConfiguration(options, data, talk).run();
    } catch (NvmetshException e) {
      Renderer plain = Renderer.plain();
      ShellOutput output = new ShellOutput(data, talk, plain, plain, isJson(arguments));
      output.problem(e.problem());
      output.lineEnds(e.problem().status());
      return e.problem().status().code();
    } catch (Exception | Error e) {
      Bug.report(e, talk);
      return ExitStatus.BUG.code();
    } finally {
      data.flush();
      talk.flush();
    }
  }

  private static boolean isJson(String[] arguments) {
    for (String argument : arguments) {
      if (argument.equals("--json")) {
        return true;
      }
    }
    return false;
  }
}
