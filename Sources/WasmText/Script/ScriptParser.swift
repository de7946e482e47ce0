// Parses test scripts. Modules are only delimited here, see `ScriptModule`.
// Spec: https://github.com/WebAssembly/spec/blob/main/interpreter/README.md#scripts

import Diagnostics

/// Parses a script. A text of module fields without commands is a script of one module.
///
/// Throws `malformed` with the place of the first thing that is no command; what is wrong inside modules is
/// found when they are assembled.
public func parseScript(text: [UInt8]) throws(Diagnostic) -> Script {
    let source = try SourceText(text)
    var parser = ScriptParser(TokenCursor(source))
    return Script(commands: try parser.script())
}

private struct ScriptParser {
    private var cursor: TokenCursor

    init(_ cursor: TokenCursor) { self.cursor = cursor }

    mutating func script() throws(Diagnostic) -> [ScriptCommand] {
        if isAtField { return [try inlineModule()] }
        var commands: [ScriptCommand] = []
        while !cursor.isAtEnd { commands.append(try command(inThread: false)) }
        return commands
    }

    /// Whether the text begins with a module's field, not with a command.
    private var isAtField: Bool {
        switch cursor.openKeyword {
        case .type, .rec, .import, .func, .table, .memory, .tag, .global, .export, .start, .elem, .data: true
        default: false
        }
    }

    private mutating func inlineModule() throws(Diagnostic) -> ScriptCommand {
        let contents = ScriptModule.Contents.text(cursor.source, firstToken: cursor.index)
        let command = located(.module(ScriptModule(name: nil, contents: contents)), cursor.token)
        while cursor.isAtOpen { cursor.skipParentheses() }
        guard cursor.isAtEnd else { throw cursor.unexpected("a module field") }
        return command
    }

    private func located(_ kind: ScriptCommand.Kind, _ token: Token) -> ScriptCommand {
        guard case .text(let line, let column) = cursor.source.location(of: token) else {
            return ScriptCommand(kind: kind, line: 0, column: 0)
        }
        return ScriptCommand(kind: kind, line: line, column: column)
    }

    // MARK: - Commands

    private mutating func command(inThread: Bool) throws(Diagnostic) -> ScriptCommand {
        let start = cursor.token
        guard cursor.isAtOpen else { throw cursor.unexpected("a command") }
        guard start.payload != Token.unmatched else { throw unclosed(start) }
        cursor.index += 1
        guard let keyword = cursor.token.keyword else { throw cursor.unexpected("a command") }
        cursor.index += 1
        let kind: ScriptCommand.Kind
        switch keyword {
        case .module: kind = try module()
        case .register: kind = .register(name: try cursor.name(), instance: identifier())
        case .invoke, .get:
            cursor.index -= 2
            kind = .action(try action())
            return located(kind, start)
        case .thread where !inThread: kind = try thread()
        case .wait:
            guard let name = identifier() else { throw cursor.unexpected("a thread's identifier") }
            kind = .wait(thread: name)
        default: kind = try assertion(keyword)
        }
        try cursor.close()
        return located(kind, start)
    }

    /// The error for a command that does not end: what keeps it from ending, if that is known.
    private func unclosed(_ start: Token) -> Diagnostic {
        let tokens = cursor.source.tokens
        return cursor.source.unexpected(tokens[cursor.index...].first { $0.kind == .error } ?? tokens.last!)
    }

    private mutating func identifier() -> String? {
        cursor.identifierIf().map { String(decoding: cursor.source.symbols.bytes($0), as: UTF8.self) }
    }

    /// Behind `(module`.
    private mutating func module() throws(Diagnostic) -> ScriptCommand.Kind {
        if cursor.skipIf(.instance) { return .moduleInstance(name: identifier(), definition: identifier()) }
        if cursor.skipIf(.definition) { return .moduleDefinition(ScriptModule(&cursor)) }
        return .module(ScriptModule(&cursor))
    }

    private mutating func assertion(_ keyword: Keyword) throws(Diagnostic) -> ScriptCommand.Kind {
        switch keyword {
        case .assertReturn:
            let action = try action()
            var results: [ResultPattern] = []
            while cursor.isAtOpen { results.append(try cursor.resultPattern()) }
            return .assertReturn(action, results)
        case .assertTrap:
            if cursor.openKeyword == .module {
                return .assertModuleTrap(try assertedModule(), message: try message())
            }
            return .assertTrap(try action(), message: try message())
        case .assertExhaustion: return .assertExhaustion(try action(), message: try message())
        case .assertSuspension: return .assertSuspension(try action(), message: try message())
        case .assertException: return .assertException(try action())
        case .assertMalformed: return .assertMalformed(try assertedModule(), message: try message())
        case .assertMalformedCustom: return .assertMalformedCustom(try assertedModule(), message: try message())
        case .assertInvalid: return .assertInvalid(try assertedModule(), message: try message())
        case .assertInvalidCustom: return .assertInvalidCustom(try assertedModule(), message: try message())
        case .assertUnlinkable: return .assertUnlinkable(try assertedModule(), message: try message())
        default:
            cursor.index -= 1
            throw cursor.unexpected("a command")
        }
    }

    private mutating func assertedModule() throws(Diagnostic) -> ScriptModule {
        try cursor.open(.module)
        let module = ScriptModule(&cursor)
        try cursor.close()
        return module
    }

    private mutating func message() throws(Diagnostic) -> String { String(decoding: try cursor.name(), as: UTF8.self) }

    /// `(invoke $instance? "name" value*)` or `(get $instance? "name")`
    private mutating func action() throws(Diagnostic) -> ScriptAction {
        if cursor.openIf(.get) {
            let action = ScriptAction.get(instance: identifier(), export: try cursor.name())
            try cursor.close()
            return action
        }
        try cursor.open(.invoke)
        let instance = identifier()
        let export = try cursor.name()
        var arguments: [ScriptValue] = []
        while cursor.isAtOpen { arguments.append(try cursor.scriptValue()) }
        try cursor.close()
        return .invoke(instance: instance, export: export, arguments: arguments)
    }

    /// Behind `(thread`. Threads do not start threads.
    private mutating func thread() throws(Diagnostic) -> ScriptCommand.Kind {
        let name = identifier()
        var shared: [String] = []
        while cursor.openIf(.shared) {
            try cursor.open(.module)
            guard let instance = identifier() else { throw cursor.unexpected("an instance's identifier") }
            shared.append(instance)
            try cursor.close()
            try cursor.close()
        }
        var commands: [ScriptCommand] = []
        while cursor.isAtOpen { commands.append(try command(inThread: true)) }
        return .thread(name: name, shared: shared, commands)
    }
}
