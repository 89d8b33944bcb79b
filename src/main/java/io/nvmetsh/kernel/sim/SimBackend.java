package io.nvmetsh.kernel.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A back-end controller: what the adapter serves one namespace with, for the hosts of one port, by
 * one of the drive's peer-to-peer queues.
 *
 * @param id unique in the module
 * @param queue which of the port's param_offload_queues
 * @param pooled whether its context has a staging buffer of the pool
 * @param counts what was served, in the order of {@link #COUNTERS}
 */
record SimBackend(
    int id, SimNode port, SimNode namespace, int queue, boolean pooled, AtomicLongArray counts) {

  /** The counters of a namespace, without what their names begin with. */
  static final List<String> COUNTERS =
      List.of(
          "read_cmds",
          "read_blocks",
          "write_cmds",
          "write_blocks",
          "write_inline_cmds",
          "flush_cmds",
          "error_cmds",
          "backend_error_cmds");

  /** The first line of stat. */
  private static final String HEADER =
      "read_cmd | read_blocks | write_cmd | write_blocks | write_inline_cmd | flush_cmd |"
          + " error_cmd | backend_error_cmd | last_read_latency_0.1_usec |"
          + " last_write_latency_0.1_usec | queue_depth";

  SimBackend(int id, SimNode port, SimNode namespace, int queue, boolean pooled) {
    this(id, port, namespace, queue, pooled, new AtomicLongArray(COUNTERS.size()));
  }

  SimNode subsystem() {
    return namespace.parent().parent();
  }

  /** Reads and writes of one block each. */
  void serve(long reads, long writes) {
    counts.addAndGet(0, reads);
    counts.addAndGet(1, reads);
    counts.addAndGet(2, writes);
    counts.addAndGet(3, writes);
  }

  /** What stat shows; nothing here takes time, and no queue fills. */
  String stat() {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < counts.length(); i++) {
      numbers.add(Long.toString(counts.get(i)));
    }
    numbers.addAll(List.of("0", "0", "0"));
    return HEADER + "\n" + String.join("\t", numbers);
  }
}
