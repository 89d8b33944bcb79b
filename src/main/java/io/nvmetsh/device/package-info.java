/**
 * The seam to the machine: drives, block devices, RDMA devices, addresses, modules, read from /sys
 * and /proc or from a one-file dump of some machine. Real and simulated machines share the reader.
 */
@NullMarked
package io.nvmetsh.device;

import org.jspecify.annotations.NullMarked;
