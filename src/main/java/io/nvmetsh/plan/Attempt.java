package io.nvmetsh.plan;

import io.nvmetsh.schema.Lock;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.Arrays;
import java.util.List;

/** The kind of change that a {@link Cause} can stand in the way of, in the tree it is made in. */
interface Attempt {

  boolean is(Change change, TargetTree tree);

  default Attempt or(Attempt other) {
    return (change, tree) -> is(change, tree) || other.is(change, tree);
  }

  /** Whatever is tried in the tree. */
  static Attempt anything() {
    return (change, tree) -> change.isOfTree();
  }

  static Attempt making() {
    return (change, tree) -> change instanceof Change.Create;
  }

  static Attempt making(NodeKind kind) {
    return (change, tree) -> change instanceof Change.Create && isOf(change, kind);
  }

  static Attempt removing() {
    return (change, tree) -> change instanceof Change.Delete;
  }

  static Attempt setting() {
    return (change, tree) -> change instanceof Change.SetAttribute;
  }

  static Attempt setting(NodeKind owner, String... attributes) {
    List<String> names = Arrays.asList(attributes);
    return (change, tree) ->
        change instanceof Change.SetAttribute set
            && set.row().owner() == owner
            && names.contains(set.path().name());
  }

  /** Writing an attribute that has this lock, in this kind of directory. */
  static Attempt setting(NodeKind owner, Lock lock) {
    return (change, tree) ->
        change instanceof Change.SetAttribute set
            && set.row().owner() == owner
            && set.row().lock() == lock;
  }

  static Attempt enabling(NodeKind owner) {
    return (change, tree) ->
        change instanceof Change.SetAttribute set
            && set.row().owner() == owner
            && set.path().name().equals("enable")
            && !set.value().equals("0");
  }

  static Attempt linking() {
    return (change, tree) -> change instanceof Change.Link;
  }

  /** Linking into this kind of directory. */
  static Attempt linkingInto(NodeKind directory) {
    return (change, tree) ->
        change instanceof Change.Link link
            && link.path().parent().kind().filter(directory::equals).isPresent();
  }

  /** Linking into a port of one of these transports. */
  static Attempt linkingBy(String... transports) {
    List<String> names = Arrays.asList(transports);
    return (change, tree) ->
        change instanceof Change.Link link
            && link.path().parent().kind().filter(NodeKind.PORT_SUBSYSTEMS::equals).isPresent()
            && names.contains(new Port(tree, link.path().parent().parent()).transport());
  }

  /** Linking a subsystem that asks for offload into a port. */
  static Attempt linkingOffloaded() {
    return (change, tree) ->
        change instanceof Change.Link link
            && link.path().parent().kind().filter(NodeKind.PORT_SUBSYSTEMS::equals).isPresent()
            && new Subsystem(tree, link.target()).asksForOffload();
  }

  static Attempt unlinking() {
    return (change, tree) -> change instanceof Change.Unlink;
  }

  static Attempt loading() {
    return (change, tree) -> change instanceof Change.LoadModule;
  }

  static Attempt unloading() {
    return (change, tree) -> change instanceof Change.UnloadModule;
  }

  private static boolean isOf(Change change, NodeKind kind) {
    return change.path().kind().filter(kind::equals).isPresent();
  }
}
