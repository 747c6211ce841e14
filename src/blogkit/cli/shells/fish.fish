# Completion of blogkit in fish:  blogkit completion fish | source
# The first line of the answer says what is wanted; the others are name, tab, what it stands for.
function __blogkit_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines (blogkit __complete fish $words[2..] "$current" 2>/dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path "$current"
        case folders
            __fish_complete_directories "$current"
        case '*'
            printf '%s\n' $lines[2..]
    end
end
complete -c blogkit -f -a '(__blogkit_complete)'
