package io.nvmetsh.device;

/**
 * A port of an RDMA device.
 *
 * @param number from 1
 * @param state {@code ACTIVE}, {@code DOWN}, {@code INIT}, ...
 * @param linkLayer {@code Ethernet} (RoCE, iWARP) or {@code InfiniBand}
 * @param rate as the driver says it, {@code 100 Gb/sec (4X EDR)}
 */
public record RdmaPort(int number, String state, String linkLayer, String rate) {

  public boolean isActive() {
    return state.equals("ACTIVE");
  }
}
