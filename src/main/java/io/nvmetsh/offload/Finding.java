package io.nvmetsh.offload;

import java.util.List;

/**
 * Something that will work, but not as hoped.
 *
 * @param rule id of the offload rule, e.g. {@code OFF-NS-ONE}
 * @param path what it is about, as a path of the tree or a module
 * @param summary one sentence, without a final dot
 * @param mend lines to type that mend it
 */
public record Finding(
    Severity severity, String rule, String path, String summary, List<String> mend) {

  /** How bad it is. */
  public enum Severity {
    /** Offload is lost or will not come about. */
    WARNING,
    /** Worth knowing, costs nothing now. */
    NOTE
  }

  public Finding {
    mend = List.copyOf(mend);
  }
}
