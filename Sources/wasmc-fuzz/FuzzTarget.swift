// What a fuzz target does with an input, and what must hold afterwards.

import ArgumentParser
import Diagnostics
import WasmBinary
import WasmDebugInfo
import WasmFuzz
import WasmText
import WasmValidation

/// The parts of the compiler that take hostile input.
enum FuzzTarget: String, CaseIterable, ExpressibleByArgument {
    case decode, parse, validate
    case debugInfo = "debug-info"

    /// Runs the part on `input`. Any error of the phases that an input can cause is fine.
    ///
    /// - Returns: what does not hold, or nil.
    func run(_ input: [UInt8]) -> String? {
        do throws(Diagnostic) {
            switch self {
            case .decode: return try Self.decode(input)
            case .parse: return try Self.parse(input)
            case .validate: return try Self.validate(input)
            case .debugInfo: return try Self.readDebugInfo(input)
            }
        } catch {
            switch error.phase {
            case .malformed, .invalid, .unsupported: return nil
            case .foreign, .unlinkable, .usage, .manifest, .profile, .environment, .initialization, .divergence,
                .internal:
                return "error of phase \(error.phase): \(error.message)"
            }
        }
    }

    /// Decodes, reads the custom sections, encodes and decodes again.
    private static func decode(_ input: [UInt8]) throws(Diagnostic) -> String? {
        let module = try decodeModule(input)
        _ = NameSection(module)
        _ = ProducersSection(module)
        _ = TargetFeaturesSection(module)
        _ = BranchHintSection(module)
        let encoded = encodeModule(module)
        do throws(Diagnostic) {
            let again = encodeModule(try decodeModule(encoded))
            return again == encoded ? nil : "encoding a decoded module twice gives different bytes"
        } catch {
            return "what was encoded does not decode: \(error.message)"
        }
    }

    /// Parses a script, assembles its modules and decodes what comes out of text.
    private static func parse(_ input: [UInt8]) throws(Diagnostic) -> String? {
        for command in try parseScript(text: input).commands {
            guard let module = command.kind.module, let assembled = try? module.assemble(), !module.isBinary else {
                continue
            }
            do throws(Diagnostic) { _ = try decodeModule(assembled.bytes) } catch {
                guard error.phase == .unsupported else { return "what was assembled does not decode: \(error.message)" }
            }
        }
        return nil
    }

    /// Decodes, validates, and for a valid module prints it: the text must be that of a valid module.
    private static func validate(_ input: [UInt8]) throws(Diagnostic) -> String? {
        let module = try decodeModule(input)
        _ = try WasmValidation.validate(module)
        let text = try printModule(module)
        do throws(Diagnostic) {
            _ = try WasmValidation.validate(try decodeModule(try assembleModule(text: text).bytes))
            return nil
        } catch {
            return error.phase == .unsupported ? nil : "the text of a valid module is not valid: \(error.message)"
        }
    }

    /// Reads the debug information and looks up all of the code.
    private static func readDebugInfo(_ input: [UInt8]) throws(Diagnostic) -> String? {
        let module = try decodeModule(input)
        guard let info = DebugInfo(module) else { return nil }
        for offset in 0..<min(input.count, 1 << 14) {
            for frame in info.lookup(offset) where frame.isInlined && frame.function == "" { return nil }
        }
        return nil
    }

    /// A mutant of `input`.
    func mutate(_ input: [UInt8], splicing other: [UInt8], _ mutator: inout Mutator) -> [UInt8] {
        switch self {
        case .parse: mutator.mutateText(input, splicing: other)
        case .decode, .validate: mutator.mutateModule(input, splicing: other)
        case .debugInfo: mutator.mutateDebugInfo(input, splicing: other)
        }
    }
}

extension ScriptCommand.Kind {
    /// The module that the command is about.
    var module: ScriptModule? {
        switch self {
        case .module(let module), .moduleDefinition(let module), .assertModuleTrap(let module, _),
            .assertMalformed(let module, _), .assertMalformedCustom(let module, _), .assertInvalid(let module, _),
            .assertInvalidCustom(let module, _), .assertUnlinkable(let module, _):
            module
        case .moduleInstance, .register, .action, .assertReturn, .assertTrap, .assertExhaustion, .assertException,
            .assertSuspension, .thread, .wait:
            nil
        }
    }
}
