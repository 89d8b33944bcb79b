#!/bin/bash
# A machine that has just started: no module of the target is loaded, an address comes late, a drive
# does not come at all. boot-restore makes of the saved target what can be made.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
. "$here/job.sh"

saved=/tmp/config.json

save() {
  modprobe -a nvmet
  ip link add dummy0 type dummy
  ip link set dummy0 up
  ip addr add 10.9.9.1/24 dev dummy0
  nvmetsh -f "$here/tcp.nvmetsh"
  nvmetsh save "$saved"
}

# Everything that a start of the machine would find gone.
reboot() {
  nvmetsh --yes="$(hostname)" clear
  rm -rf /var/lib/nvmetsh
  modprobe -r nvmet_tcp nvmet
  [ ! -d "$nvmet" ]
}

whole() {
  reboot
  nvmetsh boot-restore "$saved" 2> /tmp/said
  cat /tmp/said
  ! grep waiting /tmp/said
  nvmetsh diff "$saved"
  [ -d /sys/module/nvmet_tcp ]
  nvmetsh plan "$saved"
  nvmetsh boot-restore "$saved"
  nvmetsh boot-restore --report | tee /tmp/report
  grep -q '^complete' /tmp/report
}

late_address() {
  reboot
  ip addr del 10.9.9.1/24 dev dummy0
  nvmetsh boot-restore "$saved" --wait 10m 2> /tmp/said &
  within 60 grep 'waiting up to 600 s for 10.9.9.1' /tmp/said
  [ -z "$(ls "$nvmet/ports")" ]
  ip addr add 10.9.9.1/24 dev dummy0
  wait $!
  nvmetsh diff "$saved"
}

# The drive behind one subsystem is gone; the other subsystem is served all the same.
missing_drive() {
  reboot
  local status=0
  sed 's,/dev/nvme[0-9]n1,/dev/nvme9n1,' "$saved" > /tmp/gone.json
  nvmetsh boot-restore /tmp/gone.json --wait 1s || status=$?
  [ "$status" = 4 ]
  nvmetsh failed | tee /tmp/rest.nvmetsh
  grep 'device_path=/dev/nvme9n1' /tmp/rest.nvmetsh
  [ -n "$(ls "$nvmet"/ports/*/subsystems)" ]
  drive=$(grep -o '/dev/nvme[0-9]n1' "$saved" | head -n 1)
  sed -i "s,/dev/nvme9n1,$drive," /tmp/rest.nvmetsh
  nvmetsh -f /tmp/rest.nvmetsh
  nvmetsh diff "$saved"
}

no_file() {
  nvmetsh boot-restore 2> /tmp/said
  cat /tmp/said
  grep 'there is no /etc/nvmet/config.json' /tmp/said
}

check boot-save save
check boot-whole whole
check boot-late-address late_address
check boot-missing-drive missing_drive
check boot-no-file no_file

exit "$failed"
