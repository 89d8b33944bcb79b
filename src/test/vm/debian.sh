# What is fetched from Debian, and installed nowhere, is fetched this way; `get-*` read this first.
#
# Archive and signing keys are those of this machine's apt; only the suite differs, so the package
# lists live in a directory of their own.

# The first Debian archive among apt's sources: one-line style `deb [options] URI suite component`
# or deb822 style `URIs: URI`. A third-party archive has no suite of that name with `main` in it.
archive() {
  find /etc/apt -name '*.list' -o -name '*.sources' | sort | xargs -d '\n' awk '
    $1 == "deb" { sub(/\[[^]]*\]/, ""); uri = $2 }
    $1 == "URIs:" { uri = $2 }
    uri ~ "/debian/?$" { print uri; exit }'
}

# suite NAME DIRECTORY: makes apt of this shell one of that suite, whose lists are in DIRECTORY.
suite() {
  local uri
  uri=$(archive)
  [ -n "$uri" ] || { echo "$0: no Debian archive among the sources in /etc/apt" >&2; return 1; }
  mkdir -p "$2/lists/partial" "$2/cache/archives/partial" "$2/debs" "$2/root"
  echo "deb $uri $1 main" > "$2/sources.list"
  cat > "$2/apt.conf" <<END
APT::Sandbox::User "";
APT::Get::List-Cleanup "false";
Acquire::Languages "none";
Dir::Etc::SourceList "$2/sources.list";
Dir::Etc::SourceParts "-";
Dir::State::Lists "$2/lists";
Dir::Cache "$2/cache";
END
  export APT_CONFIG=$2/apt.conf
  apt-get -q update >&2
}

# unpack DIRECTORY PACKAGE...: those packages of the suite, unpacked into DIRECTORY/root.
unpack() {
  local directory=$1 deb
  shift
  (cd "$directory/debs" && apt-get -q download "$@" >&2)
  for deb in "$directory"/debs/*.deb; do dpkg -x "$deb" "$directory/root"; done
}
