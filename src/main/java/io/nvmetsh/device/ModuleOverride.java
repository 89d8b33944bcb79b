package io.nvmetsh.device;

/**
 * A line by which a module is not loaded as it otherwise would be.
 *
 * @param module as the kernel spells it, with underscores
 * @param command what {@code install} has run in place of loading; empty for a blacklist
 * @param file a file of modprobe.d(5), or {@link ModuleOption#COMMAND_LINE}
 * @param line of that file, from 1
 */
public record ModuleOverride(Kind kind, String module, String command, String file, int line) {

  /** What such a line does. */
  public enum Kind {
    /** The module is not loaded for a device that asks for it, only by its name. */
    BLACKLIST,
    /** A command is run where the module would be loaded. */
    INSTALL
  }

  /** Where it stands, {@code /etc/modprobe.d/nvme.conf:3}. */
  public String place() {
    return file.equals(ModuleOption.COMMAND_LINE) ? file : file + ":" + line;
  }
}
