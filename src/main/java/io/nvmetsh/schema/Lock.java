package io.nvmetsh.schema;

/** When an attribute cannot be written, and what the kernel answers then. */
public enum Lock {
  /** Writable at any time. */
  NEVER("at any time"),
  /** Refused while the object is enabled (namespaces, passthru, referrals). */
  WHILE_ENABLED("only while disabled"),
  /** Refused while a subsystem is linked to the port (nvmet_is_port_enabled: EACCES). */
  WHILE_LINKED("only while no subsystem is linked to the port"),
  /** Frozen for the life of the directory once a host has identified the controller (5.15). */
  ONCE_DISCOVERED("until a host has first connected"),
  /** Refused while the subsystem is linked to a port or a host is connected (attr_offload). */
  WHILE_EXPORTED("only while the subsystem is linked to no port"),
  /** Only meaningful, and only accepted, while the object is enabled (revalidate_size). */
  UNLESS_ENABLED("only while enabled");

  private final String description;

  Lock(String description) {
    this.description = description;
  }

  /** When it can be written, as a person says it. */
  public String description() {
    return description;
  }
}
