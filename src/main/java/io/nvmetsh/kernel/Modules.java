package io.nvmetsh.kernel;

import java.util.SortedMap;
import java.util.SortedSet;

/** Loading and unloading kernel modules. */
public interface Modules {

  /** Those of the running kernel, whether or not there is a target yet. */
  static Modules running() {
    return new Modprobe(null);
  }

  /**
   * Loads a module and what it depends on, as {@code modprobe} does: without any effect, and in
   * success, when it is loaded already, whatever its parameters are.
   *
   * @throws Refusal what the module's initialisation answered; ENOENT when there is none of that
   *     name
   */
  void load(String name, SortedMap<String, String> parameters) throws Refusal;

  /**
   * Unloads a module, and what it depended on when nothing else uses that, as {@code modprobe -r}
   * does.
   *
   * @throws Refusal EBUSY while something uses the module
   */
  void unload(String name) throws Refusal;

  /**
   * Has a module loaded with these options from now on, whoever loads it; other options that it was
   * given so are kept.
   *
   * @throws io.nvmetsh.schema.NvmetshException when that cannot be written down
   * @throws Refusal what a simulated machine answers in its place
   */
  void setOptions(String name, SortedMap<String, String> options) throws Refusal;

  /**
   * Takes back what {@link #setOptions} did.
   *
   * @param parameters the options; none for all of the module
   * @throws io.nvmetsh.schema.NvmetshException when that cannot be written down
   * @throws Refusal what a simulated machine answers in its place
   */
  void unsetOptions(String name, SortedSet<String> parameters) throws Refusal;
}
