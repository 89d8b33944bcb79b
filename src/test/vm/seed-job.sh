#!/bin/bash
# What the project is for, on a real kernel: targets built from recorded scripts, hosts connected
# with the lines that nvmetsh prints, a block written across, everything taken down again.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
. "$here/job.sh"

# The checks of one target: its script is NAME.nvmetsh here, its subsystem ends in NAME.
target() { # NAME PORT TRTYPE TRSVCID DRIVE
  local name=$1 nqn=nqn.2024-01.io.example:$1
  check "$name-replay" nvmetsh -f "$here/$name.nvmetsh"
  check "$name-built" built "$nqn" "${@:2}"
  check "$name-connect-cmd" connect_cmd "$name" "$nqn"
  check "$name-discover" discover "$name" "$nqn"
  check "$name-connect" client_lines "$name" 'nvme connect '
  check "$name-data" data "$nqn" "$5"
}

built() { # NQN PORT TRTYPE TRSVCID DRIVE
  value "subsystems/$1/namespaces/1/device_path" "$5"
  value "subsystems/$1/namespaces/1/enable" 1
  value "ports/$2/addr_trtype" "$3"
  value "ports/$2/addr_adrfam" ipv4
  value "ports/$2/addr_traddr" 10.9.9.1
  value "ports/$2/addr_trsvcid" "$4"
  [ -L "$nvmet/ports/$2/subsystems/$1" ]
}

value() { # PATH VALUE
  local found
  found=$(cat "$nvmet/$1")
  [ "$found" = "$2" ] || { echo "$1 is '$found' instead of '$2'"; return 1; }
}

discover() { # NAME NQN
  client_lines "$1" 'modprobe '
  client_lines "$1" 'nvme discover ' > "/out/$1.discovered"
  cat "/out/$1.discovered"
  grep -q "subnqn: *$2\$" "/out/$1.discovered" || { echo "$2 is not in the discovery log"; return 1; }
}

# An interactive shell in a terminal of 120 by 40. A pattern must show up on the screen in time;
# emulated, a shell takes seconds to start.
shows() { # NAME PATTERN...
  local screen=/out/$1.screen
  shift
  within 60 on_screen "$screen" "$@" || { cat "$screen"; echo "not on the screen: $*"; return 1; }
}

on_screen() { # FILE PATTERN...
  local file=$1 pattern
  shift
  tmux capture-pane -p -t shell | grep -v '^ *$' > "$file" || return
  for pattern in "$@"; do grep -q "$pattern" "$file" || return; done
}

shell_starts() {
  tmux -f /dev/null new-session -d -s shell -x 120 -y 40 "$NVMETSH_HOME/bin/nvmetsh"
  shows shell-starts '/> *$'
}

tab_drives() {
  tmux send-keys -t shell 'cd /subsystems/nqn.2024-01.io.example:rdma/namespaces/1' Enter
  shows tab-drives 'namespaces/1> *$'
  tmux send-keys -t shell 'set device_path=' Tab
  shows tab-drives '/dev/nvme0n1.*0000:00:10\.0' '/dev/nvme1n1.*0000:00:11\.0'
}

tab_address() {
  tmux send-keys -t shell C-u C-l 'cd /ports/1' Enter
  shows tab-address '/ports/1> *$'
  tmux send-keys -t shell 'set addr_traddr=' Tab
  shows tab-address '10\.9\.9\.1'
}

shell_ends() {
  tmux send-keys -t shell C-u exit Enter
  within 30 shell_gone
}

shell_gone() { ! tmux has-session -t shell 2> /dev/null; }

empty_tree() {
  local left
  left=$(find "$nvmet" -mindepth 2)
  [ -z "$left" ] || { echo "left behind: $left"; return 1; }
}

kernel_log() {
  if dmesg | grep -E 'BUG:|WARNING:|Oops|Call Trace|blocked for more than'; then return 1; fi
}

uname -r
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -version 2>&1 | head -n 1
check prepare prepare
target rdma 1 rdma 4420 /dev/nvme0n1
target tcp 2 tcp 4421 /dev/nvme1n1
check shell-starts shell_starts
check tab-drives tab_drives
check tab-address tab_address
check shell-ends shell_ends
for name in rdma tcp; do
  check "$name-disconnect" disconnect "nqn.2024-01.io.example:$name"
  check "$name-delete" nvmetsh --yes delete -r "/subsystems/nqn.2024-01.io.example:$name"
done
check port1-delete nvmetsh --yes delete -r /ports/1
check port2-delete nvmetsh --yes delete -r /ports/2
check host-delete nvmetsh --yes delete -r /hosts/nqn.2024-01.io.example:client
check empty-tree empty_tree
check kernel-log kernel_log
exit "$failed"
