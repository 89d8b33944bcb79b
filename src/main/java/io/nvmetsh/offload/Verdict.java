package io.nvmetsh.offload;

import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Subsystem;
import java.util.List;
import java.util.Optional;

/**
 * Whether a subsystem is offloaded on a port, as far as can be known from here.
 *
 * @param port empty where it is linked to none
 * @param reasons why it is not, or what is worth knowing
 * @param evidence what the hardware shows; empty when it shows nothing
 */
public record Verdict(
    Subsystem subsystem,
    Optional<NvmetPath> port,
    State state,
    List<Finding> reasons,
    Optional<String> evidence) {

  /**
   * The answers. That the conditions hold is not to say that the hardware does it; that it is on,
   * the evidence proves.
   */
  public enum State {
    ON("on"),
    HOLDS("conditions hold"),
    OFF("off"),
    NOT_ASKED("not asked for"),
    IMPOSSIBLE("not possible here");

    private final String words;

    State(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  public Verdict {
    reasons = List.copyOf(reasons);
  }
}
