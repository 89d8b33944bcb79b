#!/bin/sh
# What can stand at the cursor of a line for nvmetsh, for the completions of bash, zsh and fish:
#
#   candidates.sh WORD...      the words up to the cursor, the program first, the one typed last
#
# One candidate to a line, with a tab and its meaning behind it. A word that goes on ends in = or /.
# The line :files stands for the shell's own completion of file names.
#
# Everything is read at that moment, in configfs and sysfs, and no Java is started for it. Commands,
# options and attributes come from words.sh, which is written from the program's own tables.

set -u
set -f # names hold no patterns; globs are asked for where they are meant
here=${0%/*}
. "$here/words.sh"

root=/sys/kernel/config/nvmet
place='' # the path that the command runs at
simulated=''
tab=$(printf '\t')

# Offers a candidate that goes on as typed. What a terminal could obey is never printed.
offer() { # VALUE MEANING
  case $1 in
    *[[:cntrl:]]*) return ;;
    "$word"*) printf '%s%s%s\n' "$1" "$tab" "$2" ;;
  esac
}

# --- the target ---

# Names in a directory of the target, one to a line.
names() { # DIRECTORY -d|-f|-L
  [ -z "$simulated" ] && [ -d "$1" ] || return 0
  set +f
  for entry in "$1"/*; do
    # a link is one, whatever it leads to
    sort=-f
    [ ! -d "$entry" ] || sort=-d
    [ ! -L "$entry" ] || sort=-L
    if [ "$sort" = "$2" ] && [ -e "$entry" ]; then
      printf '%s\n' "${entry##*/}"
    fi
  done
  set -f
}

# The kind of directory that a path is by its place: SUBSYSTEM, PORT and so on.
kind_of() { # PATH
  kind=ROOT
  rest=${1#/}
  while [ -n "$rest" ]; do
    name=${rest%%/*}
    case $rest in */*) rest=${rest#*/} ;; *) rest='' ;; esac
    [ -z "$name" ] || kind=$(child_of "$kind" "$name")
  done
}

child_of() { # KIND NAME
  places | while IFS='|' read -r parent name kind; do
    if [ "$parent" = "$1" ] && { [ -z "$name" ] || [ "$name" = "$2" ]; }; then
      printf '%s' "$kind"
      break
    fi
  done
}

# Directories below the one that is typed so far, with links and attributes where they can be meant.
paths() { # -d|-L|-f...
  lead=''
  case $word in */*) lead=${word%/*}/ ;; esac
  case $word in
    /*) base=$root ;;
    *) base=$root/$place ;;
  esac
  for sort in "$@"; do
    names "$base/$lead" "$sort" | while read -r name; do
      case $sort in
        -d) offer "$lead$name/" '' ;;
        *) offer "$lead$name" '' ;;
      esac
    done
  done
  if [ "$simulated" ] && [ "${lead#/}" = '' ] && [ -z "$place" ]; then
    places | while IFS='|' read -r parent name _; do
      [ "$parent" != ROOT ] || offer "$lead$name/" ''
    done
  fi
}

members() { # GROUP
  names "$root/$1" -d | while read -r name; do offer "$name" "${1%s}"; done
}

holders() {
  for group in /ports /subsystems; do
    names "$root$group" -d | while read -r name; do offer "$group/$name" ''; done
  done
}

# --- the machine ---

first_line() { # FILE
  text=''
  [ ! -r "$1" ] || read -r text < "$1" || :
  # blanks that pad it
  text=${text%"${text##*[! ]}"}
  printf '%s' "$text"
}

block_devices() {
  set +f
  for device in /sys/class/block/nvme* /sys/class/block/[!n]*; do
    name=${device##*/}
    size=$(first_line "$device/size")
    if [ -e "$device" ] && [ "${size:-0}" != 0 ]; then
      model=$(first_line "$device/device/model")
      printf '%s%s%s\n' "/dev/$name" "$tab" "$((size / 2097152)) GiB${model:+, }$model"
    fi
  done
  set -f
}

controllers() {
  set +f
  for device in /sys/class/nvme/nvme*; do
    [ ! -e "$device" ] ||
      printf '%s%s%s\n' "/dev/${device##*/}" "$tab" "$(first_line "$device/model")"
  done
  set -f
}

drive_addresses() {
  set +f
  for device in /sys/class/nvme/nvme*; do
    address=$(first_line "$device/address")
    [ -z "$address" ] ||
      printf '%s%s%s\n' "$address" "$tab" "${device##*/}, $(first_line "$device/model")"
  done
  set -f
}

peer_memory() {
  set +f
  for device in /sys/bus/pci/devices/*/p2pmem; do
    address=${device%/*}
    [ ! -e "$device" ] ||
      printf '%s%s%s\n' "${address##*/}" "$tab" "$(first_line "$device/size") bytes"
  done
  set -f
}

local_addresses() {
  ip -o addr 2>/dev/null | while read -r _ device _ address _; do
    printf '%s%s%s\n' "${address%%/*}" "$tab" "$device"
  done
}

# --- attributes and their values ---

# Sets $kind and the attributes that can be set in a directory that is there or is to be.
assignments() { # DIRECTORY
  kind_of "$1"
  case $word in
    *=*) values "${word%%=*}" ;;
    *)
      attributes | while IFS='|' read -r owner name _ meaning; do
        if [ "$owner" = "$kind" ] && { ! [ -d "$root/$1" ] || [ -e "$root/$1/$name" ]; }; then
          offer "$name=" "$meaning"
        fi
      done
      ;;
  esac
}

values() { # ATTRIBUTE
  attribute=$1
  attribute_values | while IFS='|' read -r owner name value meaning; do
    if [ "$owner" = "$kind" ] && [ "$name" = "$attribute" ]; then
      offer "$attribute=$value" "$meaning"
    fi
  done
  source=$(attributes | while IFS='|' read -r owner name source _; do
    [ "$owner $name" != "$kind $attribute" ] || printf '%s' "$source"
  done)
  case $source in
    BLOCK_DEVICES) block_devices ;;
    CONTROLLERS) controllers ;;
    DRIVE_ADDRESSES) drive_addresses ;;
    P2P_PROVIDERS) peer_memory ;;
    LOCAL_ADDRESSES) local_addresses ;;
  esac | while IFS=$tab read -r value meaning; do
    offer "$attribute=$value" "$meaning"
  done
}

# --- the line ---

# What an argument or an option's value of a kind can be.
of_kind() { # KIND
  case $1 in
    NODE | REMOVABLE | SWITCHED) paths -d -L ;;
    NEW_NODE) paths -d ;;
    ENTRY) paths -d -f ;;
    LINK) paths -d -L ;;
    LINK_TARGET)
      case $word in
        */*) paths -d ;;
        *) members subsystems && members hosts ;;
      esac
      ;;
    HOLDER) holders ;;
    HOST) members hosts ;;
    COMMAND) commands_of_all ;;
    FILE | SCRIPT) echo :files ;;
  esac
}

commands_of_all() {
  commands | while IFS='|' read -r name meaning; do offer "$name" "$meaning"; done
}

# The full word of a command, for an alias of it.
command_of() { # WORD
  aliases | while IFS='|' read -r alias name; do
    if [ "$alias" = "$1" ]; then
      printf '%s' "$name"
      break
    fi
  done
}

# Sets $value to the kind of an option's value: - for a switch, empty for no option of the command.
value_of() { # COMMAND OPTION
  value=$(command_options | while IFS='|' read -r name option letter kind _; do
    case $name in "$1" | '*')
      if [ "$2" = "--$option" ] || [ "$2" = "-$letter" ]; then
        printf '%s' "$kind"
        break
      fi
      ;;
    esac
  done)
}

options_of() { # COMMAND
  command_options | while IFS='|' read -r name option _ _ meaning; do
    case $name in "$1" | '*') offer "--$option" "$meaning" ;; esac
  done
}

# Behind the command: options anywhere, and positional words by their kinds.
behind() { # COMMAND WORD...
  command=$1
  shift
  awaiting='' position=0 directory=''
  for each in "$@"; do
    if [ -n "$awaiting" ]; then
      awaiting=''
      continue
    fi
    case $each in
      -?*)
        value_of "$command" "$each"
        case $value in '' | -) ;; *) awaiting=$value ;; esac
        ;;
      *=*) ;;
      *)
        [ "$position" != 0 ] || directory=$each
        position=$((position + 1))
        ;;
    esac
  done
  if [ -n "$awaiting" ]; then
    of_kind "$awaiting"
    return
  fi
  case $word in -*)
    options_of "$command"
    return
    ;;
  esac
  command_arguments | while IFS='|' read -r name index kind choices; do
    case "$name $index" in "$command $position" | "$command *")
      case $kind in
        CHOICE) for choice in $choices; do offer "$choice" ''; done ;;
        ASSIGNMENT)
          [ "$position" != 0 ] || [ "$name" = create ] || paths -d
          case $directory in
            /*) assignments "$directory" ;;
            *) assignments "$place/$directory" ;;
          esac
          ;;
        *) of_kind "$kind" ;;
      esac
      break
      ;;
    esac
  done
}

program_options_of_all() {
  program_options | while IFS='|' read -r name _ meaning; do offer "--$name" "$meaning"; done
}

main() { # PROGRAM WORD... TYPED
  shift
  while [ $# -gt 1 ]; do
    case $1 in
      --root=*) root=${1#--root=} ;;
      --sim | --sim=*) simulated=yes ;;
      --root | -f | --*)
        value=$(program_options | while IFS='|' read -r name value _; do
          [ "--$name" != "$1" ] || printf '%s' "$value"
        done)
        [ "$1" != -f ] || value=FILE
        if [ "$value" ] && [ $# = 2 ]; then
          word=$2
          echo :files
          return
        fi
        [ "$1" != --root ] || root=$2
        [ -z "$value" ] || shift
        ;;
      *) break ;;
    esac
    shift
  done
  # the last word is the one that is typed
  for word in "$@"; do :; done
  if [ $# = 1 ]; then
    case $word in
      -*) program_options_of_all ;;
      */*) paths -d ;;
      *) commands_of_all ;;
    esac
    return
  fi
  case $1 in */*)
    place=$1
    shift
    ;;
  esac
  if [ $# = 1 ]; then
    commands_of_all
    return
  fi
  command=$(command_of "$1")
  shift
  # without the word that is typed
  count=$#
  while [ "$count" -gt 1 ]; do
    set -- "$@" "$1"
    shift
    count=$((count - 1))
  done
  shift
  [ -z "$command" ] || behind "$command" "$@"
}

[ $# -gt 1 ] && main "$@"
