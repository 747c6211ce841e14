#compdef blogkit
# Completion of blogkit in zsh:  source <(blogkit completion zsh), after compinit; or as the file
# _blogkit in a folder of $fpath.
# The first line of the answer says what is wanted; the others are name, tab, what it stands for.
_blogkit() {
    local kind line
    local -a lines names shown open open_shown
    lines=("${(@f)$(blogkit __complete zsh "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    kind=$lines[1]
    shift lines
    case $kind in
        files) _files; return ;;
        folders) _files -/; return ;;
    esac
    for line in $lines; do
        if [[ ${line%%$'\t'*} == *'#' ]]; then
            open+=("${line%%$'\t'*}")
            open_shown+=("${line/$'\t'/  }")
        else
            names+=("${line%%$'\t'*}")
            shown+=("${line/$'\t'/  }")
        fi
    done
    compadd -V blogkit -l -d shown -a names
    compadd -V blogkit-open -l -S '' -d open_shown -a open
}
if [[ ${funcstack[1]} == _blogkit ]]; then
    _blogkit "$@"
else
    compdef _blogkit blogkit
fi
