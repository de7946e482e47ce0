/// Scripts for shells. They know nothing about the commands, but ask wasmc what can come next (`Completion`).
enum CompletionScripts {
    static let bash = #"""
        # bash completion for wasmc: source <(wasmc completion bash)
        _wasmc() {
            local rest=${COMP_LINE:0:COMP_POINT} words=() word blank
            # Bash cuts words at = and :, too. Those with nothing between them are put together again.
            for word in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
                blank=${rest%%[![:space:]]*}
                rest=${rest#"$blank"}
                if [[ -z $blank && ${#words[@]} -gt 0 ]]; then
                    words[${#words[@]}-1]+=$word
                else
                    words+=("$word")
                fi
                rest=${rest#"$word"}
            done
            local current=${COMP_WORDS[COMP_CWORD]}
            [[ $current == *[!=:]* ]] || current=
            local before=${words[${#words[@]}-1]%"$current"} reply
            mapfile -t reply < <("${COMP_WORDS[0]/#\~/$HOME}" __complete "${words[@]:1}" 2>/dev/null)

            local kind=${reply[0]%%$'\t'*} extensions=${reply[0]#*$'\t'} line
            COMPREPLY=()
            for line in "${reply[@]:1}"; do
                line=${line%%$'\t'*}
                COMPREPLY+=("${line#"$before"}")
            done
            compopt -o nosort 2>/dev/null
            case $kind in
            directories)
                compopt -o filenames 2>/dev/null
                mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -d -- "$current")
                ;;
            files)
                compopt -o filenames 2>/dev/null
                local paths path pattern others=()
                mapfile -t paths < <(compgen -f -- "$current" | sort)
                pattern=",${extensions%%$'\t'*},"
                for path in "${paths[@]}"; do
                    if [[ -f $path && $pattern == *",${path##*.},"* ]]; then COMPREPLY+=("$path"); else others+=("$path"); fi
                done
                COMPREPLY+=("${others[@]}")
                ;;
            esac
        }
        complete -F _wasmc wasmc
        """#

    static let zsh = #"""
        #compdef wasmc
        # zsh completion for wasmc: source <(wasmc completion zsh), behind compinit
        _wasmc() {
            local -a reply header candidates shown
            local line word
            reply=("${(@f)$("${(Q)words[1]/#\~/$HOME}" __complete "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
            header=("${(@ps:\t:)reply[1]}")
            for line in "${(@)reply[2,-1]}"; do
                word=${line%%$'\t'*}
                candidates+=("$word")
                if [[ -n ${line#*$'\t'} ]]; then shown+=("$word -- ${line#*$'\t'}"); else shown+=("$word"); fi
            done
            (( ${#candidates} )) && compadd -l -V wasmc -d shown -a candidates
            [[ -n $header[3] ]] && compset -p ${#header[3]}
            case $header[1] in
            directories) _files -/ ;;
            files)
                if [[ -n $header[2] ]]; then _files -g "*.(${header[2]//,/|}|${header[2]%%,*})"; else _files; fi
                ;;
            esac
        }
        if [[ $funcstack[1] == _wasmc ]]; then _wasmc "$@"; else compdef _wasmc wasmc; fi
        """#

    static let fish = #"""
        # fish completion for wasmc: wasmc completion fish | source
        function __wasmc_complete
            set -l words (commandline -opc)
            set -l current (commandline -ct)
            set -l reply (command $words[1] __complete $words[2..] "$current" 2>/dev/null)
            set -l header (string split \t -- $reply[1])
            test (count $reply) -gt 1; and printf '%s\n' $reply[2..]
            set -l rest (string sub -s (math (string length -- "$header[3]") + 1) -- "$current")
            switch "$header[1]"
                case directories
                    for path in (complete -C "'' $rest")
                        string match -q '*/*' -- (string split \t -- $path)[1]
                        and printf '%s%s\n' "$header[3]" $path
                    end
                case files
                    set -l others
                    set -l pattern '\.('(string replace -a , '|' -- "$header[2]")')$'
                    for path in (complete -C "'' $rest")
                        if string match -qr -- $pattern (string split \t -- $path)[1]
                            printf '%s%s\n' "$header[3]" $path
                        else
                            set -a others "$header[3]$path"
                        end
                    end
                    test (count $others) -gt 0; and printf '%s\n' $others
            end
        end
        complete -c wasmc -e
        complete -c wasmc -f -k -a '(__wasmc_complete)'
        """#
}
