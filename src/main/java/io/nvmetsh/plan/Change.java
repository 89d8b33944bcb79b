package io.nvmetsh.plan;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.PciAddress;
import io.nvmetsh.tree.DraftTree;
import io.nvmetsh.tree.TargetTree;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * One step that changes something: exactly one call to the kernel. Closed, so that every reader is
 * told by the compiler when a case is added.
 */
public sealed interface Change {

  /** Does it. */
  void applyTo(Target target) throws Refusal;

  /** Does it on paper. */
  void applyTo(DraftTree draft);

  /** Whether it would change nothing: some writes disconnect hosts even then (qid_max). */
  default boolean isMadeIn(TargetTree tree) {
    return false;
  }

  /** Whether it is made in the target's tree, and not to kernel modules. */
  default boolean isOfTree() {
    return true;
  }

  /** Answers by case. */
  <R> R match(Cases<R> cases);

  /** What it touches; the root for modules. */
  NvmetPath path();

  /** One answer for each kind of change. */
  interface Cases<R> {
    R create(Create change);

    R delete(Delete change);

    R set(SetAttribute change);

    R link(Link change);

    R unlink(Unlink change);

    R loadModule(LoadModule change);

    R unloadModule(UnloadModule change);

    R setOptions(SetOptions change);

    R unsetOptions(UnsetOptions change);
  }

  /** What is done to a kernel module, and not to the tree. */
  sealed interface OfModule extends Change {
    String name();

    @Override
    default NvmetPath path() {
      return NvmetPath.ROOT;
    }

    @Override
    default boolean isOfTree() {
      return false;
    }

    @Override
    default void applyTo(DraftTree draft) {}
  }

  /** Makes a directory. */
  record Create(NvmetPath path) implements Change {
    @Override
    public void applyTo(Target target) throws Refusal {
      target.configfs().mkdir(path);
    }

    @Override
    public void applyTo(DraftTree draft) {
      draft.makeDirectory(path);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.create(this);
    }
  }

  /** Removes a directory. */
  record Delete(NvmetPath path) implements Change {
    @Override
    public void applyTo(Target target) throws Refusal {
      target.configfs().rmdir(path);
    }

    @Override
    public void applyTo(DraftTree draft) {
      draft.removeDirectory(path);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.delete(this);
    }
  }

  /**
   * Writes an attribute.
   *
   * @param path of the attribute file
   * @param value in canonical form, without newline
   */
  record SetAttribute(NvmetPath path, String value) implements Change {
    @Override
    public void applyTo(Target target) throws Refusal {
      // A write of zero bytes is a fault or nothing at all, depending on the kernel.
      target.configfs().write(path, value.isEmpty() ? "\n" : value);
    }

    @Override
    public void applyTo(DraftTree draft) {
      // what clears an address leaves what a new namespace shows
      boolean clears = value.equals(PciAddress.CLEAR) && path.name().equals("pci_device_path");
      draft.setValue(path, clears ? row().initial().text() : value);
      for (String lost : disturbs()) {
        draft.forgetValue(path.parent().child(lost));
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.set(this);
    }

    @Override
    public boolean isMadeIn(TargetTree tree) {
      Attribute row = row();
      return row.isReadable()
          && tree.value(path).filter(present -> row.type().same(present, value)).isPresent();
    }

    public boolean isSecret() {
      return row().isSecret();
    }

    /**
     * Other attributes of the same directory that the kernel sets to something else, too:
     * nvmet_addr_trtype_store forgets what is the transport's own, nvmet_addr_tsas_store whether a
     * secure channel is required.
     */
    List<String> disturbs() {
      return switch (path.name()) {
        case "addr_trtype" -> List.of("addr_tsas", "addr_treq");
        case "addr_tsas" -> List.of("addr_treq");
        default -> List.of();
      };
    }

    /** What the schema says of the attribute. */
    public Attribute row() {
      return NvmetSchema.row(path.parent().kind().orElse(NodeKind.ROOT), path.name());
    }

    /** The function of nvmet that stores it, as nvmet names these. */
    String store() {
      String owner =
          switch (row().owner()) {
            case ROOT -> "root_";
            case SUBSYSTEM -> "subsys_";
            case NAMESPACE -> "ns_";
            case PASSTHRU -> "passthru_";
            case HOST -> "host_";
            case ANA_GROUP -> "ana_group_";
            case REFERRAL -> path.name().equals("enable") ? "referral_" : "";
            default -> "";
          };
      return "nvmet_" + owner + path.name() + "_store";
    }

    @Override
    public String toString() {
      return "SetAttribute[" + path + "=" + (isSecret() ? "***" : value) + "]";
    }
  }

  /** Links an item into a directory. */
  record Link(NvmetPath path, NvmetPath target) implements Change {
    @Override
    public void applyTo(Target target) throws Refusal {
      target.configfs().symlink(path, this.target);
    }

    @Override
    public void applyTo(DraftTree draft) {
      draft.makeLink(path, target);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.link(this);
    }
  }

  /** Removes a link. */
  record Unlink(NvmetPath path) implements Change {
    @Override
    public void applyTo(Target target) throws Refusal {
      target.configfs().unlink(path);
    }

    @Override
    public void applyTo(DraftTree draft) {
      draft.removeLink(path);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unlink(this);
    }
  }

  /** Loads a kernel module with parameters. */
  record LoadModule(String name, SortedMap<String, String> parameters) implements OfModule {
    @Override
    public void applyTo(Target target) throws Refusal {
      target.modules().load(name, parameters);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.loadModule(this);
    }
  }

  /** Unloads a kernel module. */
  record UnloadModule(String name) implements OfModule {
    @Override
    public void applyTo(Target target) throws Refusal {
      target.modules().unload(name);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unloadModule(this);
    }
  }

  /**
   * Has modprobe give a module these options whenever it loads it, beside those that it gives
   * already.
   *
   * @param name as the kernel spells it
   */
  record SetOptions(String name, SortedMap<String, String> options) implements OfModule {

    /** Whether they are written down already. */
    public boolean isMadeOn(Inventory inventory) {
      Map<String, String> own = inventory.moduleConfig().own(name);
      return own.entrySet().containsAll(options.entrySet());
    }

    @Override
    public void applyTo(Target target) throws Refusal {
      target.modules().setOptions(name, options);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.setOptions(this);
    }
  }

  /**
   * Takes back what {@link SetOptions} did.
   *
   * @param parameters the options; none for all of the module
   */
  record UnsetOptions(String name, SortedSet<String> parameters) implements OfModule {
    @Override
    public void applyTo(Target target) throws Refusal {
      target.modules().unsetOptions(name, parameters);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unsetOptions(this);
    }
  }
}
