# bash completion for barometre(1)
_barometre() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local commands='init run ingest score publish draw status explain preview profile withdraw rejects'
    local common='-C --directory -q --quiet -v --verbose --lang --no-color -h --help'
    local command= own= i
    COMPREPLY=()

    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        -C | --directory | --lang) i=$((i + 1)) ;;
        -*) ;;
        *)
            command=${COMP_WORDS[i]}
            break
            ;;
        esac
    done

    case $before in
    -C | --directory) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    -o | --output) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --lang) mapfile -t COMPREPLY < <(compgen -W 'fr en' -- "$word"); return ;;
    --format) mapfile -t COMPREPLY < <(compgen -W 'svg png pdf' -- "$word"); return ;;
    --layout) mapfile -t COMPREPLY < <(compgen -W 'wide narrow' -- "$word"); return ;;
    --theme) mapfile -t COMPREPLY < <(compgen -W 'light dark' -- "$word"); return ;;
    --chart) mapfile -t COMPREPLY < <(compgen -W 'ranking pillars trend' -- "$word"); return ;;
    --as-of | --profile | --revise | --reason | --as-export) return ;;
    esac

    case $command in
    init) own='--sample' ;;
    run) own='--as-of --dry-run' ;;
    ingest) own='--profile --again --dry-run --json' ;;
    score) own='--as-of -o --output' ;;
    publish) own='--as-of --revise --reason --dry-run' ;;
    draw) own='-o --output --chart --layout --format --outlines --theme' ;;
    status) own='--json' ;;
    explain) own='--as-of' ;;
    preview) own='--as-of -o --output' ;;
    profile) own='-o --output' ;;
    rejects) own='--csv --as-export -o --output' ;;
    withdraw) own='--reason --dry-run --json' ;;
    esac

    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$common $own" -- "$word")
    elif [[ -z $command ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$word")
    else
        case $command in
        init) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
        ingest | draw | score | profile) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
        esac
    fi
}
complete -F _barometre barometre
