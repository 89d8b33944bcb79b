# What the jobs have in common; each reads this first.
#
# A job runs as root in the guest that `boot` starts, with NVMETSH_HOME naming the built distribution.
# It prints one line for each check, `ok NAME (SECONDS)` or `not ok NAME: REASON`, and ends with
# `exit "$failed"`. What each check did and saw is kept as /out/NAME.log, screens as /out/NAME.screen.

nvmet=/sys/kernel/config/nvmet
failed=0
limit=240

nvmetsh() { "$NVMETSH_HOME/bin/nvmetsh" "$@"; }

# check NAME COMMAND [ARGUMENT...]: COMMAND runs traced and stops at its first failing line. (Not as
# the condition of an `if`: there bash would ignore -e.) It has $limit seconds, several times what
# the slowest one takes: what hangs is to say so while there is somebody to say where.
check() {
  local name=$1 log=/out/$1.log began=$SECONDS status work guard
  shift
  set -m # a process group each, to end it with all it has begun
  (PS4='$ '; set -ex; "$@") > "$log" 2>&1 < /dev/null &
  work=$!
  (sleep "$limit"; hanging >> "$log" 2>&1; kill -KILL -- "-$work") < /dev/null > /dev/null 2>&1 &
  guard=$!
  set +m
  wait "$work" 2> /dev/null
  status=$?
  kill -KILL -- "-$guard" 2> /dev/null
  wait "$guard" 2> /dev/null
  if [ "$status" = 0 ]; then
    echo "ok $name ($((SECONDS - began)) s)"
  else
    failed=1
    echo "not ok $name: status $status after $((SECONDS - began)) s, $(grep -v '^\$' "$log" | tail -n 1)"
    sed 's/^/    /' "$log"
  fi
}

# What every process waits for: where in the kernel, and where in Java.
hanging() {
  local task
  ps -eLo pid,tid,ppid,stat,wchan:32,args --cols 200 | grep -v '\]$'
  for task in $(pidof java strace nvme); do
    echo "== the kernel's stack of $task"
    cat "/proc/$task/stack"
  done
  pkill -QUIT -x java # it writes its threads to its own output
  sleep 5
  dmesg | tail -n 30
  echo "no end in sight after $limit s: killed"
}

# within SECONDS COMMAND [ARGUMENT...]: waits until COMMAND succeeds, without its trace.
within() {
  { set +x; } 2> /dev/null
  local deadline=$((SECONDS + $1)) status=0
  shift
  until "$@"; do
    if [ "$SECONDS" -ge "$deadline" ]; then status=1; break; fi
    sleep 0.2
  done
  set -x
  return "$status"
}

# An RDMA device without a card, and the host's identity: one for both connections, as newer kernels
# refuse a second hostnqn with the same hostid.
prepare() {
  modprobe -a nvmet rdma_rxe
  ip link add dummy0 type dummy
  ip link set dummy0 up
  ip addr add 10.9.9.1/24 dev dummy0
  rdma link add rxe0 type rxe netdev dummy0
  mkdir -p /etc/nvme
  echo nqn.2024-01.io.example:client > /etc/nvme/hostnqn
  cat /proc/sys/kernel/random/uuid > /etc/nvme/hostid
}

# The host's side: the same machine, which runs the lines that nvmetsh prints for one.

connect_cmd() { # NAME NQN
  nvmetsh connect-cmd "/subsystems/$2" > "/out/$1.client.sh"
  cat "/out/$1.client.sh"
}

# Runs the printed lines that begin with PREFIX, exactly as printed.
client_lines() { # NAME PREFIX
  grep "^$2" "/out/$1.client.sh" > /tmp/lines || { echo "connect-cmd printed no '$2' line"; return 1; }
  bash -exc "$(cat /tmp/lines)"
}

# A block written through the host's side of the connection is found on the drive behind the target.
data() { # NQN DRIVE
  local block=/tmp/block
  within 20 client_device "$1" || { echo "connected, but no drive came of it"; return 1; }
  head -c 4096 /dev/urandom > "$block"
  dd if="$block" of="$(client_device "$1")" bs=4096 seek=5 oflag=direct
  dd if="$2" bs=4096 skip=5 count=1 iflag=direct | cmp - "$block"
}

# The drive that the host got by connecting. Its number is the host's choice (nvme2n1, or higher).
client_device() { # NQN
  local file head
  file=$(grep -lx "$1" /sys/class/nvme-subsystem/*/subsysnqn) || return
  head=$(ls "$(dirname "$file")" | grep -x 'nvme[0-9]*n[0-9]*') && [ -b "/dev/$head" ] && echo "/dev/$head"
}

disconnect() { # NQN
  nvme disconnect -n "$1" | tee /tmp/disconnected
  grep -q 'disconnected 1 controller' /tmp/disconnected # it succeeds with 0, too
}
