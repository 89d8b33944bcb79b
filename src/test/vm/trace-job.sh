#!/bin/bash
# A trace that nobody has seen yet, for KernelVmIT to replay on the simulator: a day's seed, or the
# one that TRACE_SEED names.
exec env SEEDS="${TRACE_SEED:-$(date +%Y%m%d)}" OPERATIONS=400 \
  bash "$(dirname "$(realpath "$0")")/trace.sh"
