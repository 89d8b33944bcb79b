#!/bin/bash
# What a rehearsal says, and what the kernel then answers: the same line, the same errno, and in
# between a target that nobody touched. And that no road leads to what would crash this kernel.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
. "$here/job.sh"
cd /tmp

# A target in use: both transports listen, a host is let in, a namespace is enabled. And what is
# none of the target's: a network interface without RDMA, a socket that listens, a file in memory.
live() {
  ip link add dummy1 type dummy
  ip link set dummy1 up
  ip addr add 10.9.8.1/24 dev dummy1
  truncate -s 16M /run/disk.img
  busybox nc -l -p 4600 < /dev/zero > /dev/null 2>&1 &
  cat > live.nvmetsh << 'END'
create /hosts/nqn.2024-01.io.example:web1
create /subsystems/live attr_allow_any_host=1
create /subsystems/live/namespaces/1 device_path=/dev/nvme0n1 enable=1
create /subsystems/few
link /hosts/nqn.2024-01.io.example:web1 /subsystems/few
create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.9.1 addr_trsvcid=4420
create /ports/2 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.9.1 addr_trsvcid=4420
link live /ports/1
link live /ports/2
END
  nvmetsh -f live.nvmetsh
}

# Everything below nvmet, values and links included.
tree() {
  cd "$nvmet"
  find . -type l -printf '%p -> %l\n' -o -type d -print
  grep -rs '' . || true # some can only be written
}

same_tree() { (tree) | diff before -; }

# fault NAME LINE ERRNO STATUS, the script on standard input: rehearsed, nothing has changed; then
# run; line, errno and status are those of the rehearsal. What the run made is taken down again.
fault() {
  local name=$1 line=$2 errno=$3 status=$4
  cat > "$name.nvmetsh"
  check "$name" agrees "$name" "$line" "$errno" "$status"
  remains > "/out/$name.left" 2>&1
}

agrees() {
  local name=$1 line=$2 errno=$3 status=$4 ended
  (tree) > before
  cp /proc/modules modules
  ended=0
  nvmetsh --yes --dry-run -f "$name.nvmetsh" > rehearsal 2>&1 || ended=$?
  cat rehearsal
  same_tree
  diff modules /proc/modules
  [ "$ended" = "$status" ]
  grep "^error: would fail at $name.nvmetsh:$line: .* answers $errno\\b" rehearsal
  ended=0
  nvmetsh --yes -f "$name.nvmetsh" > run 2>&1 || ended=$?
  cat run
  [ "$ended" = "$status" ]
  grep "^error: $name.nvmetsh:$line: .* answers $errno\\b" run
}

# The objects that the faulty scripts make all have a 9 in their names.
remains() {
  rm -f "$nvmet"/ports/*/subsystems/*9*
  for ns in "$nvmet"/subsystems/*9*/namespaces/*; do [ ! -d "$ns" ] || rmdir "$ns"; done
  for one in "$nvmet"/subsystems/*9* "$nvmet"/ports/*9*; do [ ! -d "$one" ] || rmdir "$one"; done
  true
}

# What must never be sent to this kernel, one line each, on typed lines and on every other road.
hazards() {
  cat << 'END'
HAZ-TRADDR-256 set /ports/79 addr_traddr=LONG
HAZ-STAGING-4G modules load nvmet_rdma offload_mem_start=0xf00000000 offload_mem_size=4096
END
  case $(uname -r) in
    6.1.* | 6.12.*) echo "HAZ-NULL-PATH enable /subsystems/s9/namespaces/1" ;;
  esac
}

hazards_ready() {
  mkdir "$nvmet/subsystems/s9" "$nvmet/subsystems/s9/namespaces/1" "$nvmet/ports/79"
  echo 1 > "$nvmet/subsystems/s9/namespaces/1/buffered_io"
  hazards | sed "s/LONG/$(printf '\303\251%.0s' {1..128})/" > hazards
  cut -d ' ' -f 2- hazards | sed 's/^/-/' > refused.nvmetsh
  (tree) > before
}

# Each hazard was refused, by name, and nothing came of it.
refused() {
  local id rest
  cat said
  while read -r id rest; do grep "^error: .*($id)" said; done < hazards
  ! grep "the kernel answers" said
  same_tree
}

typed() {
  local id line ended
  : > said
  while read -r id line; do
    ended=0
    eval "nvmetsh --yes $line" >> said 2>&1 || ended=$?
    [ "$ended" = 1 ]
  done < hazards
  refused
}

scripted() {
  nvmetsh --yes -f refused.nvmetsh > said 2>&1
  refused
}

piped() {
  nvmetsh --yes - < refused.nvmetsh > said 2>&1
  refused
}

# A recording of something harmless, into which somebody wrote them.
recorded() {
  printf 'record r.nvmetsh --force\npwd\nrecord off\n' | nvmetsh -
  cat refused.nvmetsh >> r.nvmetsh
  nvmetsh --yes replay r.nvmetsh > said 2>&1
  refused
}

# As shell scripts of others, each imported and replayed, all by one shell.
imported() {
  local id line n=0
  while read -r id line; do
    n=$((n + 1))
    case $line in
      "set "*) set -- $line; echo "echo -n '${3#*=}' > $nvmet$2/${3%%=*}" ;;
      "enable "*) echo "echo 1 > $nvmet${line#enable }/enable" ;;
      "modules load "*) echo "modprobe ${line#modules load }" ;;
    esac > "foreign$n.sh"
    echo "script import foreign$n.sh --force -o foreign$n.nvmetsh"
    echo "-replay foreign$n.nvmetsh"
  done < hazards > roads.nvmetsh
  nvmetsh --yes - < roads.nvmetsh > said 2>&1
  refused
}

alive() {
  nvmetsh - << 'END'
create /subsystems/alive9 attr_allow_any_host=1
create /subsystems/alive9/namespaces/1 device_path=/dev/nvme1n1 enable=1
create /ports/89 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.9.1 addr_trsvcid=4489
link alive9 /ports/89
END
  [ "$(cat "$nvmet/subsystems/alive9/namespaces/1/enable")" = 1 ]
}

kernel_log() {
  if dmesg | grep -E 'BUG:|WARNING:|Oops|Call Trace|blocked for more than'; then return 1; fi
}

# That the refusals are no superstition: what these kernels do when they are sent it after all.
long_address() { # no NUL ends the address, so what RDMA keeps behind it is shown with it
  printf 'a%.0s' {1..256} > "$nvmet/ports/79/addr_traddr"
  echo rdma > "$nvmet/ports/79/addr_trtype"
  [ "$(wc -c < "$nvmet/ports/79/addr_traddr")" != 257 ]
}

discovery_newline() {
  ! (printf 'nqn.2024-01.io.example:d\n' > "$nvmet/discovery_nqn")
  [ "$(cat "$nvmet/discovery_nqn")" = nqn.2024-01.io.example:d ]
}

# The last of all: the subsystem stays locked.
null_path() {
  (echo 1 > "$nvmet/subsystems/s9/namespaces/1/enable") &
  within 20 null_path_logged
}

null_path_logged() {
  dmesg | grep 'BUG: kernel NULL pointer dereference, address: 0000000000000000' &&
    dmesg | grep 'RIP: 0010:strlen+' && dmesg | grep 'filp_open+' &&
    dmesg | grep 'nvmet_file_ns_enable+'
}

uname -r
check prepare prepare
check live live

fault taken 4 EADDRINUSE 3 << 'END'
create /subsystems/s9
ls /
create /ports/91 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.9.1 addr_trsvcid=4600
link s9 /ports/91
END
fault no-such-address 3 EADDRNOTAVAIL 3 << 'END'
create /subsystems/s9
create /ports/91 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.1.2.3 addr_trsvcid=4420 --force
link s9 /ports/91 --force
END
fault no-rdma 2 ENODEV 3 << 'END'
create /ports/91 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.8.1 addr_trsvcid=4420
link few /ports/91
END
fault foretold 3 EACCES 1 << 'END'
create /ports/91
set /ports/91 addr_trsvcid=1
set /ports/2 addr_trsvcid=1
END
case $(uname -r) in
  5.10.* | 6.1.*)
    fault file-in-memory 3 EINVAL 3 << 'END'
create /subsystems/s9
create /subsystems/s9/namespaces/1 device_path=/run/disk.img
enable /subsystems/s9/namespaces/1
END
    ;;
esac

check hazards-ready hazards_ready
for road in typed scripted piped recorded imported; do check "hazards-$road" "$road"; done
check alive alive
check kernel-log kernel_log
check hazard-long-address long_address
[ ! -f "$nvmet/discovery_nqn" ] || check hazard-discovery-newline discovery_newline
case $(uname -r) in
  6.1.* | 6.12.*) check hazard-null-path null_path ;;
esac
exit "$failed"
