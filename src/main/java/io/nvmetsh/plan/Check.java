package io.nvmetsh.plan;

import io.nvmetsh.schema.Problem;
import java.util.Optional;

/**
 * One concern of {@link ChangeCheck}: what it has against a change, if anything. A check says
 * nothing about the kinds of changes that are not its own.
 */
interface Check extends Change.Cases<Optional<Problem>> {

  @Override
  default Optional<Problem> create(Change.Create change) {
    return Optional.empty();
  }

  @Override
  default Optional<Problem> delete(Change.Delete change) {
    return Optional.empty();
  }

  @Override
  default Optional<Problem> set(Change.SetAttribute change) {
    return Optional.empty();
  }

  @Override
  default Optional<Problem> link(Change.Link change) {
    return Optional.empty();
  }

  @Override
  default Optional<Problem> unlink(Change.Unlink change) {
    return Optional.empty();
  }

  @Override
  default Optional<Problem> loadModule(Change.LoadModule change) {
    return Optional.empty();
  }

  @Override
  default Optional<Problem> unloadModule(Change.UnloadModule change) {
    return Optional.empty();
  }

  @Override
  default Optional<Problem> setOptions(Change.SetOptions change) {
    return Optional.empty();
  }

  @Override
  default Optional<Problem> unsetOptions(Change.UnsetOptions change) {
    return Optional.empty();
  }
}
