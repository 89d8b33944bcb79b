package io.nvmetsh.session;

import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.ValueType.InvalidValue;
import io.nvmetsh.tree.TargetTree;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * One number for the values that a script led to, as they are at its end: equal numbers, equal
 * values. Values are taken in canonical form, since kernels pad and spell them differently.
 */
final class StateHash {

  private StateHash() {}

  /** {@code sha256} and the digest of the values of these attributes. */
  static String of(Collection<NvmetPath> attributes, TargetTree tree) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    for (NvmetPath attribute : new TreeSet<>(attributes)) {
      String value = tree.value(attribute).map(text -> canonical(attribute, text)).orElse("-");
      digest.update((attribute + " " + value + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return "sha256 " + HexFormat.of().formatHex(digest.digest());
  }

  /** What is removed has no values; what is made anew under its name has other ones. */
  static void forget(Change change, Collection<NvmetPath> attributes) {
    if (change instanceof Change.Delete) {
      attributes.removeIf(attribute -> attribute.isAtOrBelow(change.path()));
    }
  }

  /** A value without the blanks that a kernel pads it with; others belong to it. */
  static String unpadded(NvmetPath attribute, String value) {
    String stripped = value.stripTrailing();
    return row(attribute).type().same(stripped, value) ? stripped : value;
  }

  static Attribute row(NvmetPath attribute) {
    return NvmetSchema.row(attribute.parent().kind().orElse(NodeKind.ROOT), attribute.name());
  }

  private static String canonical(NvmetPath attribute, String value) {
    try {
      return row(attribute).type().canonical(value);
    } catch (InvalidValue e) {
      return value;
    }
  }
}
