package io.nvmetsh.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.Attribute.Access;
import io.nvmetsh.schema.Since.Source;
import io.nvmetsh.schema.ValueType.CandidateSource;
import io.nvmetsh.schema.ValueType.InvalidValue;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lints the table: a row is typed once and read by everything. */
class NvmetSchemaTest {

  private static final KernelFlavor NEWEST =
      KernelFlavor.mainline("7.3", EnumSet.allOf(Feature.class));

  /** What the kernel shows where nothing was ever written, and does not take back. */
  private static final Set<String> UNSET = Set.of("", "(null)", "N/A", "-1");

  static Stream<Attribute> rows() {
    return NvmetSchema.all().stream();
  }

  static Stream<ValueType> types() {
    return rows().map(Attribute::type).distinct();
  }

  @Test
  void noDirectoryHasTwoAttributesOfOneName() {
    Set<String> seen = new HashSet<>();
    for (Attribute row : NvmetSchema.all()) {
      assertTrue(seen.add(row.owner() + " " + row.name()), row.owner() + " " + row.name());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void namesAreSpeltAsFilesAre(Attribute row) {
    assertTrue(row.name().matches("[a-z][a-z0-9_]*"), row.name());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void helpIsAPhrase(Attribute row) {
    assertPhrase(row.help());
  }

  private static void assertPhrase(String text) {
    assertFalse(text.isBlank());
    assertEquals(text.strip(), text);
    assertFalse(text.endsWith("."), text);
    assertFalse(text.contains("  "), text);
    // names such as NQN or IEEE keep their capitals
    boolean sentence =
        Character.isUpperCase(text.charAt(0)) && Character.isLowerCase(text.charAt(1));
    assertFalse(sentence && !text.startsWith("Diffie-Hellman"), text);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anInitialValueIsAValueOrSaysThatThereIsNone(Attribute row) throws InvalidValue {
    String initial = row.initial().text();
    if (row.initial().known() && !UNSET.contains(initial)) {
      assertEquals(initial, row.type().canonical(initial));
    }
    assertTrue(row.initial().known() || initial.isEmpty());
    assertTrue(row.isReadable() || !row.initial().known(), "write only, so nothing is shown");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void noAttributeIsOlderThanItsDirectory(Attribute row) {
    Since owner = row.owner().since();
    if (row.since().source() == owner.source()) {
      assertTrue(row.since().first().compareTo(owner.first()) >= 0);
    } else {
      assertEquals(Source.OFED, row.since().source());
    }
    if (row.since().last().isPresent()) {
      assertTrue(row.since().last().get().compareTo(row.since().first()) >= 0);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theReleaseIsOneThatThereIs(Attribute row) {
    Release first = row.since().first();
    if (row.since().source() == Source.LINUX) {
      assertTrue(first.atLeast(4, 8) && NEWEST.linux().compareTo(first) >= 0, first.toString());
      assertTrue(row.since().last().isEmpty(), "mainline keeps what it has");
    } else {
      assertTrue(first.atLeast(4, 1) && !first.atLeast(25, 11), first.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aLockBelongsToAKindThatCanBeInThatState(Attribute row) {
    Set<NodeKind> kinds =
        switch (row.lock()) {
          case NEVER -> EnumSet.allOf(NodeKind.class);
          case WHILE_ENABLED, UNLESS_ENABLED ->
              EnumSet.of(NodeKind.NAMESPACE, NodeKind.PASSTHRU, NodeKind.REFERRAL);
          case WHILE_LINKED -> EnumSet.of(NodeKind.PORT);
          case ONCE_DISCOVERED, WHILE_EXPORTED -> EnumSet.of(NodeKind.SUBSYSTEM);
        };
    assertTrue(kinds.contains(row.owner()));
    assertTrue(row.isWritable() || row.lock() == Lock.NEVER);
  }

  @Test
  void keysAreSecretAndNothingElseIs() {
    for (Attribute row : NvmetSchema.all()) {
      assertEquals(row.name().endsWith("_key"), row.access() == Access.SECRET, row.name());
    }
  }

  @Test
  void everyDirectoryWithASwitchHasAnEnable() {
    for (NodeKind kind : NodeKind.values()) {
      assertEquals(kind.isSwitched(), NvmetSchema.find(kind, "enable").isPresent(), kind.name());
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyTypeSaysWhatItTakes(ValueType type) {
    assertPhrase(type.name());
    assertFalse(type.hint().isBlank());
    assertFalse(type.hint().endsWith("."), type.hint());
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyWordIsAValueOfItsType(ValueType type) throws InvalidValue {
    Set<String> seen = new HashSet<>();
    for (ValueType.Word word : type.words()) {
      assertTrue(seen.add(word.text()));
      assertEquals(word.text(), type.canonical(word.text()));
      assertFalse(word.help().isBlank());
      assertFalse(word.help().endsWith("."), word.help());
    }
    assertTrue(type.words().isEmpty() || type.source() == CandidateSource.NONE);
  }

  @Test
  void theDialectsDiffer() {
    KernelFlavor first = KernelFlavor.vendor("4.1", "4.11", Set.of());
    KernelFlavor later = KernelFlavor.vendor("4.6", "4.20", Set.of());
    assertEquals(
        List.of("device_path", "pci_device_path", "device_nguid", "enable"),
        names(NodeKind.NAMESPACE, first));
    assertEquals(List.of("attr_allow_any_host"), names(NodeKind.SUBSYSTEM, first));
    assertFalse(names(NodeKind.NAMESPACE, later).contains("pci_device_path"));
    assertTrue(names(NodeKind.SUBSYSTEM, later).contains("attr_offload"));
    assertFalse(names(NodeKind.SUBSYSTEM, NEWEST).contains("attr_offload"));
    assertTrue(names(NodeKind.SUBSYSTEM, NEWEST).contains("attr_vendor_id"));
  }

  private static List<String> names(NodeKind kind, KernelFlavor flavor) {
    return NvmetSchema.of(kind, flavor).stream().map(Attribute::name).toList();
  }

  @Test
  void whatTheTableLacksIsText() {
    Attribute row = NvmetSchema.row(NodeKind.PORT, "param_new");
    assertEquals("param_new", row.name());
    assertEquals(ValueTypes.TEXT, row.type());
    assertTrue(row.isWritable() && row.isReadable() && !row.isSecret());
    assertTrue(NvmetSchema.find(NodeKind.PORT, "param_new").isEmpty());
  }
}
