#!/bin/bash
# What the system log is told of changes: one line each, before the program ends, who and what came
# of it, and no key. Nobody else listens on /dev/log in the guest, so a few lines of Python do.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
. "$here/job.sh"

told=/out/told

listen() {
  python3 - > "$told" 2>&1 <<'PYTHON' &
import os, socket
log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
log.bind('/dev/log')
while True:
    print(log.recv(65536).decode('utf-8', 'backslashreplace'), flush=True)
PYTHON
  within 20 [ -S /dev/log ]
}

# saw COUNT PATTERN: so many lines of the log match, though nobody waited for it.
saw() {
  [ "$(grep -c -- "$2" "$told")" = "$1" ] || { cat "$told"; echo "not $1 of: $2"; return 1; }
}

done_and_refused() {
  SUDO_USER=alice nvmetsh create /ports/7 addr_trtype=tcp
  saw 1 'nvmetsh.*: user=root sudo_user=alice tty=- pid=[0-9]* result=done change=mkdir /ports/7$'
  saw 1 'result=done change=write "tcp" to /ports/7/addr_trtype$'
  # facility authpriv (10), severity notice (5): 10 * 8 + 5
  saw 2 '^<85>'
  nvmetsh set --force /ports/7 addr_traddr=10.9.9.1 addr_adrfam=ipv9 && return 1
  saw 1 'result=done change=write "10.9.9.1" to /ports/7/addr_traddr$'
  saw 1 'result=refused/EINVAL change=write "ipv9" to /ports/7/addr_adrfam$'
  nvmetsh create /ports/6
  nvmetsh undo
  saw 1 'result=done change=rmdir /ports/6$'
}

# What a program that is killed had done is told all the same.
killed() {
  local i
  for i in $(seq 100 400); do echo "create /ports/$i"; done > /tmp/many.nvmetsh
  "$NVMETSH_HOME/bin/nvmetsh" -f /tmp/many.nvmetsh > /dev/null 2>&1 &
  within 60 [ -d "$nvmet/ports/110" ]
  kill -KILL $!
  wait $! || :
  within 10 all_told
  nvmetsh recover --undo
  [ ! -d "$nvmet/ports/110" ]
  saw 1 'change=rmdir /ports/110$'
}

# The last port may have been made in the instant before it was to be told.
all_told() {
  local made untold=0 port
  made=$(ls "$nvmet/ports" | grep -c '^[1-4][0-9][0-9]$')
  for port in $(ls "$nvmet/ports" | grep '^[1-4][0-9][0-9]$'); do
    grep -q "result=done change=mkdir /ports/$port\$" "$told" || untold=$((untold + 1))
  done
  [ "$made" -gt 10 ] && [ "$untold" -le 1 ]
}

nothing_of_looking() {
  local before
  before=$(wc -l < "$told")
  nvmetsh ls /ports
  nvmetsh --dry-run create /ports/8
  nvmetsh --sim create /ports/8
  [ "$(wc -l < "$told")" = "$before" ]
}

no_key() {
  [ -e "$nvmet/hosts" ] || return 1
  nvmetsh create /hosts/h
  if [ -e "$nvmet/hosts/h/dhchap_key" ]; then
    nvmetsh set /hosts/h dhchap_key=generate@/tmp/h.key
    saw 1 'change=write "\*\*\*" to /hosts/h/dhchap_key$'
    ! grep -F "$(cut -c 12-40 /tmp/h.key)" "$told"
  fi
}

no_logger() {
  mount --bind /dev/null /usr/bin/logger
  nvmetsh create /ports/9 2> /tmp/said
  umount /usr/bin/logger
  cat /tmp/said
  [ "$(grep -c 'system log is not told' /tmp/said)" = 1 ]
  [ -d "$nvmet/ports/9" ]
}

modprobe nvmet
check audit-listens listen
check audit-done-and-refused done_and_refused
check audit-nothing-of-looking nothing_of_looking
check audit-no-key no_key
check audit-killed killed
check audit-no-logger no_logger

exit "$failed"
