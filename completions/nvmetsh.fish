# fish completion for nvmetsh

function __nvmetsh_candidates
    set -l words (commandline -opc)
    set -l program (realpath (type -p -- $words[1]) 2>/dev/null); or return
    set -l script (string replace -r '/bin/[^/]*$' /completions/candidates.sh -- $program)
    for candidate in (sh $script $words (commandline -ct))
        if test "$candidate" = :files
            __fish_complete_path (commandline -ct)
        else
            printf '%s\n' $candidate
        end
    end
end

complete -c nvmetsh -f -a '(__nvmetsh_candidates)'
