package io.nvmetsh.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jline.utils.InfoCmp;
import org.jline.utils.InfoCmp.Capability;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTypeTest {

  @TempDir Path folder;

  private final Set<Capability> flags = EnumSet.noneOf(Capability.class);
  private final Map<Capability, Integer> numbers = new EnumMap<>(Capability.class);
  private final Map<Capability, String> strings = new EnumMap<>(Capability.class);
  private final TerminalType type = new TerminalType(flags, numbers, strings);

  @BeforeEach
  void names() throws Exception {
    carried("capabilities.txt");
  }

  /** As the package unpacks it from the library's jar. */
  private void carried(String name) throws Exception {
    try (InputStream file = Objects.requireNonNull(InfoCmp.class.getResourceAsStream(name))) {
      Files.copy(file, folder.resolve(name));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ansi",
        "dumb",
        "dumb-color",
        "rxvt",
        "rxvt-basic",
        "rxvt-unicode",
        "rxvt-unicode-256color",
        "screen",
        "screen-256color",
        "xterm",
        "xterm-256color",
      })
  void readsWhatTheLibraryReads(String name) throws Exception {
    carried(name + ".caps");
    assertTrue(type.read(folder, name));

    Set<Capability> itsFlags = EnumSet.noneOf(Capability.class);
    Map<Capability, Integer> itsNumbers = new EnumMap<>(Capability.class);
    Map<Capability, String> itsStrings = new EnumMap<>(Capability.class);
    String carried = Objects.requireNonNull(InfoCmp.getDefaultInfoCmp(name));
    InfoCmp.parseInfoCmp(carried, itsFlags, itsNumbers, itsStrings);
    assertEquals(itsFlags, flags);
    assertEquals(itsNumbers, numbers);
    assertEquals(itsStrings, strings);
    assertFalse(strings.isEmpty());
  }

  @Test
  void knowsNothingOfOthers() throws Exception {
    assertFalse(type.read(folder, "alacritty"));
    assertTrue(strings.isEmpty());
  }
}
