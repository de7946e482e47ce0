import ArgumentParser
import Diagnostics

/// `wasmc completion`.
struct CompletionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completion", abstract: "Print a completion script for a shell.",
        discussion: """
            bash: source <(wasmc completion bash)
            zsh:  source <(wasmc completion zsh)       behind compinit
            fish: wasmc completion fish | source
            """)

    /// The shells there are scripts for.
    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish
    }

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    func run() {
        switch shell {
        case .bash: Console.print(TerminalText(trusted: CompletionScripts.bash))
        case .zsh: Console.print(TerminalText(trusted: CompletionScripts.zsh))
        case .fish: Console.print(TerminalText(trusted: CompletionScripts.fish))
        }
    }
}
