#!/bin/bash
# A replay that is killed on its way: what it did is taken back, or gone on with, on the real kernel.
# It is killed at POINTS lines of its journal, evenly spread: before a change is begun, or after the
# kernel made it and before that is kept. KILLS=all does both at every one, instead of each in turn.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
. "$here/job.sh"
cd /tmp
export HOME=/tmp
journal=/var/lib/nvmetsh/journal

before() {
  cat > before.nvmetsh << 'END'
create /hosts/nqn.2014-08.org.example:old
create /subsystems/old attr_model=Old attr_serial=00000000000000000001
create /subsystems/old/namespaces/1 device_path=/dev/nvme0n1 device_uuid=11111111-2222-3333-4444-000000000001
enable /subsystems/old/namespaces/1
link /hosts/nqn.2014-08.org.example:old /subsystems/old
create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.9.1 addr_trsvcid=4420
link /subsystems/old /ports/1
END
  nvmetsh -f before.nvmetsh
}

# What is generated is said, so that two runs end in the same tree.
script() {
  cat > script.nvmetsh << 'END'
create /hosts/nqn.2014-08.org.example:h1
create /hosts/nqn.2014-08.org.example:h2
cd /subsystems
create a attr_model=Model attr_serial=00000000000000000002 attr_cntlid_max=100
create a/namespaces/1 device_path=/dev/nvme1n1 device_uuid=11111111-2222-3333-4444-000000000002
enable a/namespaces/1
link /hosts/nqn.2014-08.org.example:h1 a
link /hosts/nqn.2014-08.org.example:h2 a
create a/namespaces/2 device_uuid=11111111-2222-3333-4444-000000000003
delete a/namespaces/2
create b attr_allow_any_host=1 attr_serial=00000000000000000003
create b/namespaces/7 ana_grpid=2 device_uuid=11111111-2222-3333-4444-000000000004
cd /ports
create 2 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.9.1 addr_trsvcid=4421
create 2/ana_groups/2 ana_state=inaccessible
create 2/referrals/r addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.9.1 addr_trsvcid=4420
enable 2/referrals/r
link a 2
link b 2
unlink /ports/1/subsystems/old --yes
set 1 addr_trsvcid=4430
link old 1
disable /subsystems/old/namespaces/1 --yes
set /subsystems/old/namespaces/1 device_uuid=11111111-2222-3333-4444-555555555555
enable /subsystems/old/namespaces/1
unlink /ports/2/subsystems/b --yes
delete -r /subsystems/b --yes
unlink /subsystems/old/allowed_hosts/nqn.2014-08.org.example:old --yes
delete /hosts/nqn.2014-08.org.example:old
create /subsystems/c attr_serial=00000000000000000004 attr_model=C
create /ports/3 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.9.1 addr_trsvcid=4422
link /subsystems/c /ports/3
END
}

# Everything below nvmet, values and links included.
tree() {
  (
    cd "$nvmet" || exit 1
    find . -type l -printf '%p -> %l\n' -o -type d -print | sort
    { grep -rs '' . || true; } | sort # some can only be written
  )
}

is() { tree | diff "$1" -; }

whole() {
  before
  tree > start
  script
  nvmetsh --yes -f script.nvmetsh
  tree > end
  wc -l < "$(ls "$journal"/* | tail -n 1)" > lines
  nvmetsh undo --yes
  is start
}

# Kills the replay as it is about to write that line of its journal.
kill_at() {
  local last
  last=$(basename "$(ls "$journal"/* | tail -n 1)")
  last=$journal/$(printf '%06d' $((10#$last + 1))).open
  strace -f -o /dev/null -P "$last" -e trace=write -e "inject=write:signal=KILL:when=$1" \
    "$NVMETSH_HOME/bin/nvmetsh" --yes -f script.nvmetsh > replay.log 2>&1 || [ $? = 137 ]
  tail -n 2 "$last" | cut -c 1-200
  [ "$(wc -l < "$last")" = $(($1 - 1)) ]
  nvmetsh ls / 2>&1 | grep 'ended in the middle'
}

taken_back() {
  kill_at "$1"
  nvmetsh recover --undo
  is start
}

finished() {
  kill_at "$1"
  nvmetsh recover --finish
  is end
  nvmetsh undo --yes
  is start
}

prepare > /out/prepare.log 2>&1
check whole whole
points=${POINTS:-3}
for turn in $(seq "$points"); do
  line=$((1 + turn * $(cat lines) / (points + 1)))
  if [ "${KILLS:-}" = all ] || [ "$((turn % 2))" = 1 ]; then
    check "taken-back-$line" taken_back "$line"
  fi
  if [ "${KILLS:-}" = all ] || [ "$((turn % 2))" = 0 ]; then
    check "finished-$line" finished "$line"
  fi
done
exit "$failed"
