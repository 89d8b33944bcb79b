package io.nvmetsh.device;

import java.util.Optional;

/**
 * Memory that a PCI device offers to its peers (mainline's {@code p2pmem}), in bytes.
 *
 * @param available what of it nobody has taken; absent when the kernel does not tell
 * @param published whether nvmet may take it; what is not published is its own driver's
 */
public record PeerMemory(long size, Optional<Long> available, Optional<Boolean> published) {}
