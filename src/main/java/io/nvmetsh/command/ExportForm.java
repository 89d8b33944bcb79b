package io.nvmetsh.command;

/** What can be made of a script. */
public enum ExportForm {
  /** Plain bash. */
  BASH,
  /** What it leads to, in nvmetcli's file. */
  NVMETCLI,
  /** A script that takes back what it does. */
  INVERSE,
  /** The same script, with parameters in the place of values. */
  PARAMETERISED,
  /** The same script, asking for offload in a way that every driver understands. */
  TRANSLATED
}
