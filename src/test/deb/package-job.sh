#!/bin/bash
# The life of the package in a clean root: installed, used, upgraded, removed, purged. DEB names it,
# and JVM the one Java that is there at first.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
. "$here/../vm/job.sh"

home=/usr/lib/nvmetsh
settings=/etc/nvmetsh/restore.conf
unset -f nvmetsh # as installed, not as built

# What is on the disk that was not there at first, and what was and is no more. Whatever dpkg and man
# keep of every package is theirs.
changes() {
  { set +x; } 2> /dev/null
  (cd "$UPPER" && find . -mindepth 1 \( -path ./var/lib/dpkg -o -path ./var/log -o -path ./var/cache/man \
    -o -path ./out \) -prune -o -print) | sort | while read -r path; do
    if [ -c "$UPPER/$path" ]; then
      echo "gone ${path#.}"
    elif ! [ -e "$LOWER/$path" ] && ! [ -L "$LOWER/$path" ]; then
      echo "new ${path#.}"
    elif ! [ -d "$UPPER/$path" ]; then
      echo "changed ${path#.}"
    fi
  done
  set -x
}

caches() { # the Javas that there are caches of, and of which build of nvmetsh
  (cd "$home/cache" && ls) | sed 's/-\(commands\|files\|shell\)\.[a-z]*$//' | sort -u
}

jvm() { # HOME: what a cache for this Java is called
  local build
  build=$(cat "$home/lib/build-id")
  sed -n "s/^JAVA_RUNTIME_VERSION=\"\(.*\)\"/$build-\1/p" "$1/release"
}

# One Java, so that there is another to come; and no nvmetsh, should it be installed on this machine.
prepare() {
  local other
  for other in /usr/lib/jvm/*; do
    if [ -d "$other" ] && ! [ "$other" -ef "$JVM" ]; then mount -t tmpfs none "$(realpath "$other")"; fi
  done
  if dpkg -s nvmetsh; then dpkg -P nvmetsh; fi
  rm -f /var/lib/man-db/auto-update # an index of all pages, made anew each time, is not looked at here
  changes > /tmp/before
}

installed() {
  dpkg -i "$DEB" 2>&1 | tee /tmp/said
  [ "$(dpkg-query -W -f '${Status}' nvmetsh)" = 'install ok installed' ]
  [ -z "$(dpkg --verify nvmetsh)" ]
  [ -z "$(grep -iE 'java|cache|warn|error' /tmp/said)" ]
  [ "$(dpkg -S "$(readlink -f /usr/bin/nvmetsh)")" = "nvmetsh: $home/bin/nvmetsh" ]
  # nobody but root can change what root runs
  [ -z "$(find "$home" /usr/bin/nvmetsh ! -type l \( ! -user root -o ! -group root -o -perm /022 \))" ]
}

caches_made() {
  [ "$(caches)" = "$(jvm "$JVM")" ]
  [ "$(ls "$home/cache" | wc -l)" = 3 ]
  _JAVA_OPTIONS=-Xlog:class+load:file=/tmp/loaded nvmetsh --sim pwd
  grep -q 'io\.nvmetsh\..*shared objects file' /tmp/loaded
  [ -z "$(grep '\] io\.nvmetsh\.' /tmp/loaded | grep -v 'shared objects file')" ]
}

used() {
  local anybody='setpriv --reuid=65534 --regid=65534 --clear-groups'
  [ "$(nvmetsh --sim pwd)" = / ]
  nvmetsh --version
  nvmetsh --sim -f /usr/share/doc/nvmetsh/docs/examples/testsubsystem.nvmetsh | tee /tmp/shown
  grep -q testsubsystem /tmp/shown
  [ "$(cd /tmp && $anybody env HOME=/nonexistent nvmetsh --sim pwd)" = / ]
  # on a copy of a target, with a journal as on the kernel
  mkdir -p /tmp/target/subsystems /tmp/target/ports /tmp/target/hosts
  nvmetsh --root /tmp/target create /subsystems/disk1
  [ -d /var/lib/nvmetsh ]
}

manual() {
  [ "$(man -w nvmetsh)" = /usr/share/man/man1/nvmetsh.1.gz ]
  man nvmetsh | grep -q boot-restore
  zcat /usr/share/doc/nvmetsh/changelog.gz | grep -q '^# Changelog'
  [ -s /usr/share/doc/nvmetsh/copyright ]
  [ -s /usr/share/doc/nvmetsh/README.md ]
}

completed() {
  bash -c '. /usr/share/bash-completion/completions/nvmetsh
    COMP_LINE="nvmetsh che" COMP_POINT=11
    _nvmetsh
    printf "%s\n" "${COMPREPLY[@]}"' | tee /tmp/bash
  [ "$(sort /tmp/bash | xargs)" = 'check checkpoint' ]
  # fish makes directories in a home that has none of its own
  [ "$(HOME=/tmp fish --no-config -c 'source /usr/share/fish/vendor_completions.d/nvmetsh.fish
    complete -C "nvmetsh che"' | cut -f 1 | sort | xargs)" = 'check checkpoint' ]
  [ "$(zsh -f -c 'autoload -U compinit && compinit -u -D && echo $_comps[nvmetsh]')" = _nvmetsh ]
}

unit() {
  systemd-analyze verify --man=no nvmetsh-restore.service 2>&1 | tee /tmp/said
  [ -z "$(grep nvmetsh /tmp/said)" ]
  grep -q '^ExecStart=/usr/bin/nvmetsh boot-restore ' /usr/lib/systemd/system/nvmetsh-restore.service
  # it is for the administrator to say that it runs
  [ "$(systemctl is-enabled nvmetsh-restore)" = disabled ]
  systemctl enable nvmetsh-restore
}

pack() { # DIRECTORY: its package, in /tmp
  dpkg-deb --root-owner-group -b "$1" "$1.deb" > /dev/null
}

# The same Java by another name and version, as far as nvmetsh can tell.
another_java() {
  local java=/tmp/another/usr/lib/jvm/another
  mkdir -p "$java/bin" /tmp/another/DEBIAN
  ln -s "$(realpath "$JVM/bin/java")" "$java/bin/java"
  printf 'JAVA_RUNTIME_VERSION="17.0.99+1"\nJAVA_VERSION="17.0.99"\n' > "$java/release"
  cat > /tmp/another/DEBIAN/control << 'END'
Package: nvmetsh-another-java
Version: 1
Architecture: all
Maintainer: none <none@packages.invalid>
Description: another Java
END
  pack /tmp/another
  dpkg -i /tmp/another.deb
  [ "$(caches)" = "$( (jvm "$JVM"; jvm /usr/lib/jvm/another) | sort)" ]
  dpkg -P nvmetsh-another-java
  [ "$(caches)" = "$(jvm "$JVM")" ]
}

# Another build, in which the administrator's settings are as they were before.
upgraded() {
  local before
  before=$(caches)
  echo 'OPTIONS="--wait 5m"' > "$settings"
  dpkg-deb -R "$DEB" /tmp/next
  sed -i 's/^Version: .*/&+next/' /tmp/next/DEBIAN/control
  echo 0123456789abcdef > "/tmp/next$home/lib/build-id"
  pack /tmp/next
  dpkg -i /tmp/next.deb
  dpkg-query -W -f '${Version}' nvmetsh | grep '+next$'
  [ "$(cat "$settings")" = 'OPTIONS="--wait 5m"' ]
  [ "$(systemctl is-enabled nvmetsh-restore)" = enabled ]
  [ "$(caches)" = "$(jvm "$JVM")" ]
  [ "$(caches)" != "$before" ]
  [ "$(nvmetsh --sim pwd)" = / ]
}

# Caches are a favour: where none can be made the installation is none the worse.
without_java() {
  mount -t tmpfs none /usr/lib/jvm
  dpkg -i /tmp/next.deb
  umount /usr/lib/jvm
  [ "$(dpkg-query -W -f '${Status}' nvmetsh)" = 'install ok installed' ]
  [ -z "$(caches)" ]
  [ "$(nvmetsh --sim pwd)" = / ]
}

removed() {
  dpkg -r nvmetsh
  changes | diff /tmp/before - > /tmp/left || true
  cat /tmp/left
  # configuration, and the journal of what was done
  [ -z "$(grep '^[<>]' /tmp/left | grep -v '^> new /etc/nvmetsh\|^> new /var/lib/nvmetsh')" ]
  [ "$(cat "$settings")" = 'OPTIONS="--wait 5m"' ]
}

purged() {
  dpkg -P nvmetsh
  changes | diff /tmp/before -
}

check prepare prepare
check installed installed
check caches-made caches_made
check used used
check manual manual
check completed completed
check unit unit
check another-java another_java
check upgraded upgraded
check without-java without_java
check removed removed
check purged purged
exit "$failed"
