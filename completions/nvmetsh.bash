# bash completion for nvmetsh                                                    -*- shell-script -*-

_nvmetsh() {
  COMPREPLY=()
  local program words typed candidate line
  # bash cuts words at : and =, which addresses, NQNs and assignments are full of; a line is cut at
  # blanks here, and what bash takes for cut off already is taken off the candidates
  line=${COMP_LINE:0:COMP_POINT}
  read -ra words <<< "$line"
  [[ $line == *[[:blank:]] ]] && words+=('')
  typed=${words[${#words[@]} - 1]}
  program=$(type -P -- "${words[0]/#\~/$HOME}") && program=$(readlink -f -- "$program") || return
  local cut=${typed%"${typed##*[=:]}"}
  while IFS=$'\t' read -r candidate _; do
    if [[ $candidate == :files ]]; then
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -f -- "$typed")
      return
    fi
    COMPREPLY+=("${candidate#"$cut"}")
  done < <(sh "${program%/bin/*}/completions/candidates.sh" "${words[@]}")
  [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *[=/] ]] && compopt -o nospace
}

complete -F _nvmetsh nvmetsh
