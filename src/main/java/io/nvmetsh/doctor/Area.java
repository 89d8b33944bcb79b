package io.nvmetsh.doctor;

/** What a machine is looked at for, in the order it is told. */
public enum Area {
  SOFTWARE("kernel and drivers"),
  ADAPTERS("adapters"),
  DRIVES("drives"),
  QUEUES("peer-to-peer queues"),
  WAYS("ways between drives and adapters"),
  STAGING("staging memory"),
  PEER_MEMORY("peer-to-peer memory");

  private final String heading;

  Area(String heading) {
    this.heading = heading;
  }

  public String heading() {
    return heading;
  }
}
