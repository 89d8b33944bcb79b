package io.nvmetsh.journal;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a transaction is: who began it, with which line, on which kernel.
 *
 * @param number counts the transactions of a store, from 1
 * @param kernel whose tree it was
 * @param boot which start of the kernel; a target does not outlive one
 * @param script when the line ran one, what it takes to go on with it
 * @param undoes the transactions that this one took back
 */
public record Head(
    int number,
    Owner owner,
    String kernel,
    String boot,
    Optional<Script> script,
    List<Integer> undoes) {

  /**
   * A script as it was when it began to run.
   *
   * @param name the file as it was named
   * @param folder what relative file names in it are relative to
   * @param text all of it; keys are masked
   * @param parameters their values, but for the secret ones
   * @param masked whether there were keys in the text
   * @param yes whether it was agreed to disconnect hosts
   */
  public record Script(
      String name,
      String folder,
      String text,
      Map<String, String> parameters,
      boolean masked,
      boolean yes) {}

  public Head {
    undoes = List.copyOf(undoes);
  }
}
