package io.nvmetsh.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.impl.PosixSysTerminal;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.spi.SystemStream;
import org.jline.utils.InfoCmp;

/**
 * The terminal that the program was started in, opened without forking a process, without asking
 * the terminal questions, and without the library's search for the ways to open one: a third of the
 * way to the first prompt.
 */
final class SystemTerminal extends PosixSysTerminal {

  /** What an unknown terminal is taken for: each that came up in this century is one of these. */
  private static final String USUAL = "xterm";

  private SystemTerminal(JniTerminalProvider provider, String type) throws IOException {
    super(
        provider,
        "nvmetsh",
        type,
        provider.current(SystemStream.Output),
        // lib/java.sh has set LC_CTYPE
        StandardCharsets.UTF_8,
        StandardCharsets.UTF_8,
        StandardCharsets.UTF_8,
        true,
        SignalHandler.SIG_DFL);
  }

  static SystemTerminal open() throws IOException {
    SystemTerminal terminal =
        new SystemTerminal(new JniTerminalProvider(), Tty.isDumb() ? USUAL : System.getenv("TERM"));
    // until they are set once, whatever is typed ends in a NullPointerException of the library's
    terminal.setAttributes(terminal.getAttributes());
    if (terminal.getColumns() <= 0) {
      terminal.setSize(Size.of(80, 24));
    }
    return terminal;
  }

  /** Called while the terminal is made, before this class's own fields would be there. */
  @Override
  protected void parseInfoCmp() {
    String like = type.startsWith("tmux") ? type.replace("tmux", "screen") : type;
    if (isBeside(like)) {
      detectTrueColorSupport();
      return;
    }
    String inJar = InfoCmp.getDefaultInfoCmp(like);
    if (inJar != null || !isInstalled(type)) {
      // else the library starts infocmp(1)
      InfoCmp.setLoadedInfoCmp(type, inJar != null ? inJar : InfoCmp.getDefaultInfoCmp(USUAL));
    }
    super.parseInfoCmp();
  }

  /** Whether the type's description lies beside the program; if so, it has been read. */
  private boolean isBeside(String like) {
    String library = System.getProperty("library.jline.path");
    if (library == null || like.contains("/")) {
      return false;
    }
    try {
      return new TerminalType(bools, ints, strings)
          .read(Path.of(library).resolveSibling("utils"), like);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether terminfo(5) has the type. */
  private static boolean isInstalled(String type) {
    for (String folder : List.of("/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo")) {
      if (Files.exists(Path.of(folder, type.substring(0, 1), type))) {
        return true;
      }
    }
    return false;
  }
}
