#!/bin/bash
# Peer-to-peer memory of mainline Linux: what nvmetsh says of it before is what the kernel does. The
# first drive has such memory, in its controller memory buffer; the second is too far from it.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
. "$here/job.sh"
provider=0000:00:10.0
memory=/sys/bus/pci/devices/$provider/p2pmem

# A kernel without it has no such attribute, and nvmetsh says so.
without() {
  nvmetsh create /subsystems/s
  nvmetsh create /subsystems/s/namespaces/1
  [ ! -e "$nvmet/subsystems/s/namespaces/1/p2pmem" ]
  says 6 'has no attribute p2pmem' set /subsystems/s/namespaces/1 p2pmem=1
}

# nvmetsh ends with STATUS, and its output has PATTERN.
says() { # STATUS PATTERN WORD...
  local expected=$1 pattern=$2 status=0
  shift 2
  nvmetsh "$@" > /tmp/said 2>&1 || status=$?
  cat /tmp/said
  [ "$status" = "$expected" ]
  grep -qE "$pattern" /tmp/said
}

offered() {
  [ "$(cat "$memory/published")" = 1 ]
  nvmetsh doctor > /tmp/doctor || true # no adapter here could offload
  grep -F "$provider: offers 16 MiB" /tmp/doctor
  grep -q 'nvme1 cannot use it: they do not share an upstream bridge' /tmp/doctor
  grep -q 'rxe0 is no PCI device and takes no part' /tmp/doctor
  nvmetsh offload | tee /tmp/offload
}

# A namespace on the drive, with p2pmem as given, is exported, connected to, written and read.
exported() { # NAME P2PMEM
  local nqn=nqn.2024-01.io.example:$1 whole
  whole=$(cat "$memory/available")
  cat > "$1.nvmetsh" << END
create /subsystems/$nqn attr_allow_any_host=1
create /subsystems/$nqn/namespaces/1 device_path=/dev/nvme0n1 p2pmem=$2
enable /subsystems/$nqn/namespaces/1
create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.9.1 addr_trsvcid=4420
link /subsystems/$nqn /ports/1
END
  nvmetsh --dry-run -f "$1.nvmetsh"
  nvmetsh -f "$1.nvmetsh"
  [ "$(cat "$nvmet/subsystems/$nqn/namespaces/1/p2pmem")" = "$2" ]
  connect_cmd "$1" "$nqn"
  client_lines "$1" 'modprobe '
  client_lines "$1" 'nvme connect '
  data "$nqn" /dev/nvme0n1
  [ "$(cat "$memory/available")" = "$whole" ] # soft-RoCE is no PCI device: ordinary memory is used
  disconnect "$nqn"
  nvmetsh --yes delete -r "/subsystems/$nqn"
  nvmetsh --yes delete -r /ports/1
}

# The second drive cannot have it: told before, and the kernel says the same.
too_far() { # P2PMEM PATTERN-BEFORE PATTERN-OF-THE-KERNEL
  nvmetsh create /subsystems/far
  nvmetsh create /subsystems/far/namespaces/1 device_path=/dev/nvme1n1 p2pmem="$1"
  says 1 "$2" enable /subsystems/far/namespaces/1
  says 3 "kernel log: .*$3" enable /subsystems/far/namespaces/1 --force
  [ "$(cat "$nvmet/subsystems/far/namespaces/1/enable")" = 0 ]
  nvmetsh --yes delete -r /subsystems/far
}

absent() {
  nvmetsh create /subsystems/s
  nvmetsh create /subsystems/s/namespaces/1
  says 1 'has no peer-to-peer memory' set /subsystems/s/namespaces/1 p2pmem=0000:00:11.0
  says 3 ENODEV set /subsystems/s/namespaces/1 p2pmem=0000:00:11.0 --force
  nvmetsh delete -r /subsystems/s
}

prepare > /out/prepare.log 2>&1
mount -t debugfs none /sys/kernel/debug # the kernel log's clock
if [ ! -e "$memory" ]; then
  check without without
  exit "$failed"
fi
cd /tmp
check offered offered
check any exported any 1
check named exported named "$provider"
check too-far too_far 1 'no peer-to-peer memory is available for nvme1' \
  'no peer-to-peer memory is available for /dev/nvme1n1'
check named-too-far too_far "$provider" \
  'out of reach of nvme1: they do not share an upstream bridge' \
  'nvme 0000:00:11.0: cannot be used for peer-to-peer DMA as .* do not share an upstream bridge'
check absent absent
exit "$failed"
