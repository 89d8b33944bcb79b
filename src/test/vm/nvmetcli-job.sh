#!/bin/bash
# nvmetcli and nvmetsh at the same target: what either saves the other loads, the target is the same
# after it, and both write the same file. nvmetcli is Debian's, $NVMETCLI (see get-nvmetcli).
#
# In every comparison of files nvmetcli's lists are put in order first: it takes them as the kernel
# lists them, which is another order after each load. Nothing else is changed, byte for byte.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
. "$here/job.sh"
folder=$(realpath "$here/../resources/config/samples")
rm -rf /out/files
mkdir /out/files
cd /out/files || exit

nvmetcli() {
  PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$NVMETCLI/usr/lib/python3/dist-packages \
    python3 "$NVMETCLI/usr/bin/nvmetcli" "$@"
}

# All that can be set below nvmet, with its values, and all links; without a trace.
tree() (
  { set +x; } 2> /dev/null
  cd "$nvmet" || exit
  find . -type l -printf '%p -> %l\n' -o -type d -print -o -perm -u=rw -print | sort |
    while read -r path; do
      if [ -f "$path" ]; then echo "$path=$(< "$path")"; else echo "$path"; fi
    done
)

# tree_is FILE [PATTERN]: the tree is that in FILE, but for lines with PATTERN.
tree_is() {
  grep -v "${2:-^$}" "$1" > expected
  tree | grep -v "${2:-^$}" > found
  diff expected found
}

# in_order FILE: nvmetcli's file with its lists in order. It is read and written as nvmetcli does,
# and has to come out as it was when nothing is put in order.
in_order() {
  { set +x; } 2> /dev/null
  python3 - "$1" <<'END'
import json, sys

def ordered(value):
    if isinstance(value, dict):
        return {key: ordered(each) for key, each in value.items()}
    if isinstance(value, list):
        return sorted(map(ordered, value), key=own)
    return value

def own(value):
    if isinstance(value, str):
        return value
    return next((value[key] for key in ("nqn", "portid", "nsid", "grpid", "name") if key in value), 0)

text = open(sys.argv[1]).read()
write = lambda value: json.dumps(value, sort_keys=True, indent=2) + "\n"
assert write(json.loads(text)) == text, "not as nvmetcli writes"
sys.stdout.write(write(ordered(json.loads(text))))
END
}

# There and back: nvmetcli's file is loaded here, and then there is nothing to do; what is saved is
# that file; and nvmetcli makes the same target of it.
round_trip() { # NAME
  local name=$1
  rm -f "$name".*
  nvmetcli save "$name.theirs"
  tree > "$name.tree"
  cat > "$name.nvmetsh" <<END
clear
load $name.theirs
plan --exit-code $name.theirs
save $name.ours
END
  nvmetsh --yes=vm -f "$name.nvmetsh"
  tree_is "$name.tree"
  in_order "$name.theirs" | diff - "$name.ours"
  nvmetcli restore "$name.ours" > "$name.restored"
  cat "$name.restored"
  [ ! -s "$name.restored" ] # it names what it could not set, and succeeds
  tree_is "$name.tree"
  nvmetcli save "$name.again"
  in_order "$name.again" | diff - "$name.ours"
}

# A sample file of nvmetcli's, loaded by either: the same target, but for what a kernel makes up.
sample() { # NAME
  nvmetcli clear
  nvmetcli restore "$folder/$1.json"
  tree > "$1.tree"
  cat > "$1.nvmetsh" <<END
load $folder/$1.json
plan --exit-code $folder/$1.json
clear
load $folder/$1.json
plan --exit-code $folder/$1.json
END
  nvmetsh --yes=vm -f "$1.nvmetsh"
  tree_is "$1.tree" 'device_uuid=\|attr_serial='
}

# Targets as somebody builds them in nvmetcli's shell, which ends with status 0 whatever happened:
# what it says tells.
rich() {
  nvmetcli clear
  {
    cat <<'END'
/hosts create nqn.2024-01.io.example:web1
/hosts create nqn.2024-01.io.example:web2
/subsystems create nqn.2024-01.io.example:open
/subsystems/nqn.2024-01.io.example:open set attr allow_any_host=1 serial=S0123456789 version=1.4
/subsystems/nqn.2024-01.io.example:open/namespaces create 1
/subsystems/nqn.2024-01.io.example:open/namespaces/1 set device path=/dev/nvme0n1 nguid=ef90689c-6c46-d44c-89c1-4067801309a8
/subsystems/nqn.2024-01.io.example:open/namespaces/1 enable
/subsystems/nqn.2024-01.io.example:open/namespaces create 1000
/subsystems/nqn.2024-01.io.example:open/namespaces/1000 set device uuid=11111111-2222-3333-4444-555555555555
/subsystems create nqn.2024-01.io.example:named
/subsystems/nqn.2024-01.io.example:named set attr model=Linux2 cntlid_min=100 cntlid_max=200
/subsystems/nqn.2024-01.io.example:named/allowed_hosts create nqn.2024-01.io.example:web1
/subsystems/nqn.2024-01.io.example:named/allowed_hosts create nqn.2024-01.io.example:web2
/subsystems/nqn.2024-01.io.example:named/namespaces create 7
/subsystems/nqn.2024-01.io.example:named/namespaces/7 set device path=/dev/nvme1n1
/subsystems/nqn.2024-01.io.example:named/namespaces/7 enable
/subsystems create nqn.2024-01.io.example:empty
/ports create 1
/ports/1 set addr trtype=tcp adrfam=ipv4 traddr=10.9.9.1 trsvcid=4420
/ports/1 set param inline_data_size=8192
/ports/1/ana_groups create 2
/ports/1/ana_groups/2 set ana state=inaccessible
/subsystems/nqn.2024-01.io.example:named/namespaces/7 grpid 2
/ports/1/referrals create other
/ports/1/referrals/other set addr trtype=tcp adrfam=ipv4 traddr=10.9.9.2 trsvcid=4420 portid=3
/ports/1/referrals/other enable
/ports/1/subsystems create nqn.2024-01.io.example:open
/ports/1/subsystems create nqn.2024-01.io.example:named
/ports create 2
/ports/2 set addr trtype=rdma adrfam=ipv4 traddr=10.9.9.1 trsvcid=4420
/ports/2/subsystems create nqn.2024-01.io.example:open
/ports create 30
/ports/30 set addr trtype=tcp adrfam=ipv6 traddr=::1 trsvcid=8009
END
    if has_loop; then
      cat <<'END'
/ports create 4
/ports/4 set addr trtype=loop
/ports/4/subsystems create nqn.2024-01.io.example:open
END
    fi
  } > rich.shell
  nvmetcli < rich.shell > rich-shell.said 2>&1
  cat rich-shell.said
  if grep -qi 'traceback\|cannot\|could not\|wrong' rich-shell.said; then return 1; fi
  [ -L "$nvmet/ports/2/subsystems/nqn.2024-01.io.example:open" ]
}

has_loop() { [ -d /sys/module/nvme_loop ] || modprobe -q nvme-loop; }

# A Fibre Channel target port without hardware, with the names of fc.json.
has_fc() {
  modprobe -q nvme-fcloop &&
    echo wwnn=0x1000000044001123,wwpn=0x2000000055001123 > /sys/class/fcloop/ctl/add_target_port
}

# What nvmetcli's part of the file cannot hold: our load makes it again, nvmetcli's restore makes
# the rest, and docs/reference/nvmetcli.md says what is then another.
lost() {
  local s=$nvmet/subsystems/lost
  nvmetcli clear
  cat > lost.nvmetsh <<'END'
create /subsystems/lost attr_allow_any_host=1
create /subsystems/lost/namespaces/1 device_path=/dev/nvme0n1 buffered_io=1
create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.9.1 addr_trsvcid=4420
END
  nvmetsh -f lost.nvmetsh
  ln -s "$s" "$nvmet/ports/1/subsystems/alias"
  cat > lost.expected <<'END'
< ./ports/1/subsystems/alias -> ../../../../nvmet/subsystems/lost
> ./ports/1/subsystems/lost -> ../../../../nvmet/subsystems/lost
< ./subsystems/lost/namespaces/1/buffered_io=1
> ./subsystems/lost/namespaces/1/buffered_io=0
END
  if [ -f "$nvmet/discovery_nqn" ]; then
    echo -n nqn.2024-01.io.example:discovery > "$nvmet/discovery_nqn"
    cat >> lost.expected <<'END'
< ./discovery_nqn=nqn.2024-01.io.example:discovery
> ./discovery_nqn=nqn.2014-08.org.nvmexpress.discovery
END
  fi
  if [ -f "$nvmet/ports/1/addr_tsas" ]; then
    rm "$nvmet/ports/1/subsystems/alias"
    echo -n "not required" > "$nvmet/ports/1/addr_treq"
    ln -s "$s" "$nvmet/ports/1/subsystems/alias"
    cat >> lost.expected <<'END'
< ./ports/1/addr_treq=not required
> ./ports/1/addr_treq=not specified
END
  fi
  if [ -d "$s/passthru" ]; then
    mkdir "$nvmet/subsystems/through"
    echo -n /dev/nvme1 > "$nvmet/subsystems/through/passthru/device_path"
    echo 1 > "$nvmet/subsystems/through/passthru/enable"
    cat >> lost.expected <<'END'
< ./subsystems/through/passthru/enable=1
> ./subsystems/through/passthru/enable=0
END
  fi
  tree > lost.tree
  nvmetsh save lost.ours
  nvmetcli clear
  [ ! -f "$nvmet/discovery_nqn" ] ||
    echo -n nqn.2014-08.org.nvmexpress.discovery > "$nvmet/discovery_nqn"
  nvmetcli restore lost.ours
  tree > lost.restored
  diff lost.tree lost.restored | grep '^[<>]' | sort > lost.found || true
  sort lost.expected | diff - lost.found
  mkdir "$s/namespaces/9000"
  if nvmetcli save lost.theirs; then return 1; fi
  nvmetsh --yes load lost.ours
  tree_is lost.tree
}

# Keys are in nvmetcli's file and never in ours.
keys() {
  nvmetcli clear
  mkdir "$nvmet/hosts/h"
  echo "$key" > "$nvmet/hosts/h/dhchap_key"
  tree > keys.tree
  nvmetcli save keys.theirs
  grep -q "$key" keys.theirs
  cat > keys.nvmetsh <<'END'
clear
load keys.theirs
save keys.ours --secrets keys.secrets
clear
load keys.ours --secrets keys.secrets
END
  nvmetsh --yes=vm -f keys.nvmetsh
  tree_is keys.tree
  if grep "$key" keys.ours; then return 1; fi
}
key=DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:

uname -r
grep -h '^Version' "$NVMETCLI"/usr/lib/python3/dist-packages/nvmetcli-*/METADATA
check prepare prepare
ip addr add 192.168.122.33/24 dev dummy0 # tcp.json
ip addr add 192.168.6.68/24 dev dummy0 # rdma.json
samples=(tcp rdma)
if has_loop; then samples+=(loop); fi
if has_fc; then samples+=(fc); fi
for name in "${samples[@]}"; do
  check "$name-sample" sample "$name"
  check "$name-round-trip" round_trip "$name"
done
check rich rich
check rich-round-trip round_trip rich
check lost lost
mkdir "$nvmet/hosts/probe"
if [ -f "$nvmet/hosts/probe/dhchap_key" ]; then check keys keys; fi
exit "$failed"
