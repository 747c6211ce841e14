# Completion of blogkit in bash 4 and later:  source <(blogkit completion bash)
# The first line of the answer says what is wanted; the others are it, written as bash reads them.
_blogkit() {
    local kind line
    COMPREPLY=()
    {
        IFS= read -r kind
        while IFS= read -r line; do COMPREPLY+=("$line"); done
    } < <(blogkit __complete bash "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" "$COMP_TYPE" \
        2>/dev/null)
    case $kind in
        files) compopt -o default ;;
        folders) compopt -o dirnames ;;
        open) compopt -o nospace ;;
    esac
}
complete -o nosort -F _blogkit blogkit 2>/dev/null || complete -F _blogkit blogkit
