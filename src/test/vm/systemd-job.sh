#!/bin/bash
# systemd as it runs a machine: it keeps the time to confirm, and restores the target at boot.
# It is process 1 of a namespace of its own here, with the few units below and no others, and
# starts this script again as a service.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
. "$here/job.sh"

start_systemd() {
  local units=/run/units target
  mkdir -p "$units" /run/systemd/system /etc/systemd/system
  for target in sysinit basic timers shutdown local-fs network-online multi-user; do
    printf '[Unit]\nDefaultDependencies=no\n' > "$units/$target.target"
  done
  cat > "$units/job.service" << END
[Unit]
DefaultDependencies=no
SuccessAction=exit-force
FailureAction=exit-force
[Service]
Type=oneshot
TimeoutStartSec=infinity
Environment="NVMETSH_HOME=$NVMETSH_HOME" "JAVA_HOME=${JAVA_HOME:-}"
ExecStart=/bin/bash "$(realpath "$0")" as-a-service
StandardOutput=append:/dev/ttyS0
StandardError=append:/dev/ttyS0
END
  mount -t cgroup2 none /sys/fs/cgroup
  env container=vm SYSTEMD_UNIT_PATH="$units:/etc/systemd/system:/run/systemd/transient" \
    unshare --fork --pid --mount --mount-proc /lib/systemd/systemd --system --unit=job.service \
    --log-target=console --show-status=0 < /dev/null > /out/systemd.log 2>&1
}

script() { echo 'create /subsystems/s' > /tmp/change.nvmetsh; }

there() { [ -d "$nvmet/subsystems/s" ]; }
gone() { ! there; }
timer_over() { ! systemctl list-units --all --no-legend 'nvmetsh-revert-*' | grep .; }

# Nobody confirms: the process that asked has long ended, and the time passes.
taken_back() {
  nvmetsh replay /tmp/change.nvmetsh --confirm 15s
  there
  systemctl list-timers --all | grep nvmetsh-revert-
  sleep 5
  there
  within 60 gone
  within 30 timer_over
}

confirmed() {
  nvmetsh replay /tmp/change.nvmetsh --confirm 10m
  systemctl is-active nvmetsh-revert-*.timer
  nvmetsh confirm
  timer_over
  there
  nvmetsh undo
  gone
}

# Somebody is at work when the time is over, and for longer than one waits: it is tried again.
waits_for_others() {
  nvmetsh replay /tmp/change.nvmetsh --confirm 5s
  python3 -c '
import fcntl, time
lock = open("/var/lib/nvmetsh/lock", "r+")
fcntl.lockf(lock, fcntl.LOCK_EX)
time.sleep(45)'
  there
  within 90 gone
  within 30 timer_over
}

save() {
  mkdir -p /etc/nvmet
  ln -s "$NVMETSH_HOME" /opt/nvmetsh
  nvmetsh -f "$here/tcp.nvmetsh"
  nvmetsh save /etc/nvmet/config.json
  systemctl enable /opt/nvmetsh/lib/systemd/nvmetsh-restore.service
  systemctl cat nvmetsh-restore | grep ExecStart
}

# What a start of the machine would find, as far as the unit goes.
reboot() {
  systemctl stop nvmetsh-restore
  systemctl stop multi-user.target
  systemctl reset-failed
  nvmetsh --yes="$(hostname)" clear
}

restored() {
  reboot
  systemctl start multi-user.target
  within 60 systemctl is-active nvmetsh-restore
  nvmetsh diff /etc/nvmet/config.json
  nvmetsh boot-restore --report
}

in_part() {
  reboot
  sed -i 's,/dev/nvme[0-9]n1,/dev/nvme9n1,' /etc/nvmet/config.json
  sed -i 's,--wait 60s,--wait 5s,' /opt/nvmetsh/lib/systemd/nvmetsh-restore.service
  systemctl daemon-reload
  systemctl start multi-user.target
  within 60 systemctl is-failed nvmetsh-restore
  systemctl status nvmetsh-restore || [ $? = 3 ]
  nvmetsh failed | tee /tmp/rest.nvmetsh
  grep 'device_path=/dev/nvme9n1' /tmp/rest.nvmetsh
  [ -n "$(ls "$nvmet"/ports)" ]
}

if [ "${1:-}" != as-a-service ]; then
  start_systemd
  exit
fi
check prepare prepare
check script script
check taken-back taken_back
check confirmed confirmed
check waits-for-others waits_for_others
check save save
check restored restored
check in-part in_part
exit "$failed"
