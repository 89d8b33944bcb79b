# What the jobs have in common; each reads this first.
#
# A job runs as root in the guest that `boot` starts, with NVMETSH_HOME naming the built distribution.
# It prints one line for each check, `ok NAME (SECONDS)` or `not ok NAME: REASON`, and ends with
# `exit "$failed"`. What each check did and saw is kept as /out/NAME.log, screens as /out/NAME.screen.

nvmet=/sys/kernel/config/nvmet
failed=0

nvmetsh() { "$NVMETSH_HOME/bin/nvmetsh" "$@"; }

# check NAME COMMAND [ARGUMENT...]: COMMAND runs traced and stops at its first failing line. (Not as
# the condition of an `if`: there bash would ignore -e.)
check() {
  local name=$1 log=/out/$1.log began=$SECONDS status
  shift
  (PS4='$ '; set -ex; "$@") > "$log" 2>&1 < /dev/null
  status=$?
  if [ "$status" = 0 ]; then
    echo "ok $name ($((SECONDS - began)) s)"
  else
    failed=1
    echo "not ok $name: status $status after $((SECONDS - began)) s, $(grep -v '^\$' "$log" | tail -n 1)"
    sed 's/^/    /' "$log"
  fi
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
