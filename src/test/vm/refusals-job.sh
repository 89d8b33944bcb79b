#!/bin/bash
# What a real kernel refuses, explained: the transcript of the simulated kernel of this release is
# replayed, and every explanation, with the line that this kernel logged, has to be the same.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
. "$here/job.sh"
release=$(uname -r | cut -d. -f1,2)
transcript=$here/../resources/transcripts/refusals-$release.nvmetsh

# All of it in one shell: what differs is an error there, and the status tells.
explained() {
  modprobe -a nvmet
  mountpoint -q /sys/kernel/debug || mount -t debugfs none /sys/kernel/debug
  nvmetsh replay --verify "$transcript" > /out/refusals.shown 2>&1 || { tail -n 60 /out/refusals.shown; return 1; }
  grep '^verified: ' /out/refusals.shown
}

# The kernel's own log holds every line word for word as it was shown.
logged() {
  local count
  sed -n 's/^  kernel log:  //p' /out/refusals.shown | sort -u > /out/refusals.logged
  dmesg | sed 's/^\[[^]]*\] //' > /out/refusals.dmesg
  if grep -vxF -f /out/refusals.dmesg /out/refusals.logged; then echo "shown, and not logged"; return 1; fi
  count=$(wc -l < /out/refusals.logged)
  echo "$count lines"
  [ "$count" -ge 5 ]
}

empty_tree() {
  local left
  left=$(find "$nvmet" -mindepth 2)
  [ -z "$left" ] || { echo "left behind: $left"; return 1; }
}

alive() {
  mkdir "$nvmet/subsystems/alive"
  rmdir "$nvmet/subsystems/alive"
  if dmesg | grep -E 'BUG:|WARNING:|Oops|Call Trace|blocked for more than'; then return 1; fi
}

uname -r
check explained explained
check logged logged
check empty-tree empty_tree
check alive alive
exit "$failed"
