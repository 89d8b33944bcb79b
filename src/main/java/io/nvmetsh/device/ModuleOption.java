package io.nvmetsh.device;

/**
 * A value that a parameter of a module gets when the module is loaded, and who says so.
 *
 * @param module as the kernel spells it, with underscores
 * @param parameter likewise
 * @param value empty for one that is named without a value, which the kernel takes for a yes
 * @param file a file of modprobe.d(5), or {@link #COMMAND_LINE}
 * @param line of that file, from 1
 */
public record ModuleOption(String module, String parameter, String value, String file, int line) {

  /** What the running kernel was booted with. */
  public static final String COMMAND_LINE = "/proc/cmdline";

  /** One of {@code parameter=value}. */
  static ModuleOption of(String module, String word, String file, int line) {
    int equals = word.indexOf('=');
    String parameter = KernelReader.spelled(equals < 0 ? word : word.substring(0, equals));
    String value = equals < 0 ? "" : word.substring(equals + 1);
    return new ModuleOption(module, parameter, value, file, line);
  }

  /** Whether it was given to the kernel at boot, and so counts for modules that are built in. */
  public boolean isOfCommandLine() {
    return file.equals(COMMAND_LINE);
  }

  /** Where it stands, {@code /etc/modprobe.d/nvme.conf:3}. */
  public String place() {
    return isOfCommandLine() ? file : file + ":" + line;
  }
}
