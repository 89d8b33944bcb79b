# shellcheck shell=sh
# Which Java runs nvmetsh, and how. Read by bin/nvmetsh and by train-caches, which have set $app to
# the directory where nvmetsh is installed. Why so: docs/decisions/0003-launcher-and-caches.md

java_homes='/usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/*'
main_class=io.nvmetsh.shell.NvmetshApplication
read -r build < "$app/lib/build-id"

fail() { # MESSAGE WHAT_HELPS
  printf 'nvmetsh: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}

case $app in
  *:*) fail "cannot run in $app: Java takes a colon for the end of a directory's name" \
    'move nvmetsh, or rename that directory' ;;
esac

# Looks at the Java in a directory, and fails when there is none or one older than 17. Sets
#   feature   17, 25, ...
#   jvm       its build, which caches belong to
#   options   those it starts fastest with
#   sparing   those to add where memory matters more than a hundredth of a second
#   cache_is  the option that names a cache, and
#   suffix    how that ends
# All this from a file: to ask Java itself takes as long as running nvmetsh.
look_at() { # HOME
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return
  jvm='' version=''
  while IFS='="' read -r key _ value _; do
    case $key in
      JAVA_RUNTIME_VERSION) jvm=$value ;;
      JAVA_VERSION) version=$value && break ;;
    esac
  done < "$1/release"
  jvm=${jvm:-$version}
  feature=${version%%[!0-9]*}
  [ "${feature:-0}" -ge 17 ] || return

  # The heap's size decides how references are laid out, and with that whether a cache fits. Left
  # to Java it is another on a machine of 128 GB than on the one that made the cache.
  options='-Xms64m -Xmx512m -XX:TieredStopAtLevel=1 -XX:-UsePerfData'
  # Some Java has not all of these. And a cache that does not fit is no news.
  options="$options -XX:+IgnoreUnrecognizedVMOptions -Xlog:disable"
  sparing=
  # What is alive for a moment is not to be taken for what stays, which is collected late or never.
  serial='-XX:+UseSerialGC -XX:TargetSurvivorRatio=95'
  if [ "$feature" -ge 24 ]; then
    options="$options $serial --enable-native-access=ALL-UNNAMED"
    # The terminal library reaches signals by reflection, once: bytecode made for that costs 7 ms.
    options="$options -Djdk.reflect.useNativeAccessorOnly=true"
    cache_is=-XX:AOTCache= suffix=aot
  else
    # This collector alone can use all of a cache. Told to collect more often before it takes memory, it
    # takes half as much again as the other all the same.
    options="$options -XX:+UseG1GC -XX:GCTimeRatio=2"
    sparing="-XX:-UseG1GC $serial"
    cache_is=-XX:SharedArchiveFile= suffix=jsa
  fi
}

# Whether there is a cache for the Java looked at. Sets $cache to its file. Java 25 does not notice
# that a cache was made of other jars, and would run what these contained: hence the build in the
# name, and a look at the time.
has_cache() { # commands|files|shell
  cache=$app/cache/$build-$jvm-$1.$suffix
  [ -r "$cache" ] && ! [ "$app/lib/nvmetsh.jar" -nt "$cache" ]
}

# Sets $home to JAVA_HOME, or to the best there is: with caches before without, then the newest.
choose_java() {
  if [ -n "${JAVA_HOME-}" ]; then
    home=$JAVA_HOME
    look_at "$home" || fail "JAVA_HOME is $home, where no Java 17 or later is" \
      'name another, or let nvmetsh look for one:  unset JAVA_HOME'
    return
  fi
  home='' best=0
  for candidate in $java_homes; do
    if look_at "$candidate"; then
      has_cache commands && feature=$((feature + 1000))
      [ "$feature" -gt "$best" ] && best=$feature home=$candidate
    fi
  done
  if [ -z "$home" ] && home=$(command -v java); then
    home=$(readlink -f -- "$home")
    home=${home%/bin/java}
  fi
  look_at "$home" || fail "no Java 17 or later, neither in $java_homes nor on PATH" \
    'install one, for example with  apt install openjdk-17-jre-headless  or name it in JAVA_HOME'
}

# Sets $use to commands, files or shell by what is asked for, and $use_cache to the option that names
# the cache for it; adds to $options what spares memory where there may be much to do. To take the wrong
# ones costs time or memory, and nothing else.
choose_cache() { # ARGUMENT...
  use=commands
  [ -t 0 ] && use=shell
  while [ $# -gt 0 ]; do
    case $1 in
      --sim-state | --sim-fault | --state-dir | --machine | --root | --param | --color) [ $# -gt 1 ] && shift ;;
      save | checkpoint) use=files && break ;;
      load | diff | plan | rollback | boot-restore) use=files options="$options $sparing" && break ;;
      replay | -f | --file | --file=* | -) use=commands options="$options $sparing" && break ;;
      -[hv] | --help | --version | [!-]*) use=commands && break ;;
    esac
    shift
  done
  # without a word it is a script that is read
  [ $# = 0 ] && [ "$use" = commands ] && options="$options $sparing"
  use_cache=-Xshare:auto
  if has_cache "$use" || has_cache commands; then
    use_cache=$cache_is$cache
  fi
}

# Becomes Java.
start_java() { # [JAVA_OPTION...] MAIN_CLASS ARGUMENT...
  # shellcheck disable=SC2086 # several options
  exec "$home/bin/java" $options -Dlibrary.jline.path="$app/lib/native/org/jline/nativ" \
    -cp "$app/lib/nvmetsh.jar" "$@"
}
