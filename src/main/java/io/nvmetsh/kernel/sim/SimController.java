package io.nvmetsh.kernel.sim;

/** A host's association with a subsystem through a port. */
record SimController(int cntlid, String host, SimNode subsystem, SimNode port) {}
