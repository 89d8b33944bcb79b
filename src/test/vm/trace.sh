#!/bin/bash
# Traces of the kernel that runs here: what its nvmet answers to trace/, a file for each seed.
#
#   boot 6.1 trace.sh OUT SEEDS="1-20 99" OPERATIONS=500
#
# leaves OUT/6.1-1.jsonl.gz and so on. Transports that one seed loads are there for the next; each
# header lists them. A kernel that comes to harm, and a request without an answer for $PATIENCE
# seconds, end it: the check fails with the kernel's words, and OUT/6.1-1.jsonl ends in what was under
# way. That file is there even when the whole machine went down.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
: "${SEEDS:=1}" "${OPERATIONS:=500}" "${PATIENCE:=120}"

# The machine of every trace: src/test/resources/traces/README.md describes it.
machine() {
  modprobe -a nvmet rdma_rxe nvme_tcp nvme_rdma
  echo on > /proc/sys/kernel/printk_devkmsg # every line of the traces own
  modprobe null_blk nr_devices=2 gb=1
  blockdev --setro /dev/nullb1
  rm -f /tmp/{f0.img,empty,ümlaut,link,nowhere,socket}
  truncate -s 1M /tmp/f0.img
  touch /tmp/empty /tmp/ümlaut
  ln -s /dev/nvme0n1 /tmp/link
  ln -s /dev/missing /tmp/nowhere
  python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("/tmp/socket")'
  local number address
  for number in 0 1; do
    ip link add "dummy$number" type dummy
    ip link set "dummy$number" addrgenmode none up
  done
  for address in 10.9.9.1/24 10.9.9.2/24; do ip addr add "$address" dev dummy0; done
  for address in fd00:9::1/64 fe80::9/64; do ip addr add "$address" dev dummy0 nodad; done
  ip addr add 10.8.8.1/24 dev dummy1
  ip addr add fd00:8::1/64 dev dummy1 nodad
  rdma link add rxe0 type rxe netdev dummy0
}

hazard() { # NAME REASON PROCESS
  {
    echo "not ok $1: $2 at $(tail -n 1 "/out/$1.jsonl")"
    dmesg | grep -A 40 -m 1 -E 'BUG:|Oops|refcount_t:|blocked for more' || cat "/proc/$3/stack"
  } | sed '2,$s/^/    /'
  exit 3
}

# One seed. Whether it still gets on is seen by its file growing.
trace() { # NAME SEED
  local file=/out/$1.jsonl process moved=$SECONDS
  python3 "$here/trace" "$2" "$OPERATIONS" > "$file" &
  process=$!
  while kill -0 "$process" 2> /dev/null; do
    if [ "$file" -nt /run/seen ]; then touch /run/seen; moved=$SECONDS; fi
    if [ "$((SECONDS - moved))" -gt "$PATIENCE" ]; then hazard "$1" "no answer" "$process"; fi
    sleep 0.5
  done
  wait "$process" || hazard "$1" "it ended with status $?" "$process"
  gzip -9f "$file"
}

machine
name=$(uname -r | grep -o '^[0-9]*\.[0-9]*')
for range in $SEEDS; do
  for seed in $(seq "${range%-*}" "${range#*-}"); do
    began=$SECONDS
    trace "$name-$seed" "$seed"
    echo "ok $name-$seed ($((SECONDS - began)) s)"
  done
done
