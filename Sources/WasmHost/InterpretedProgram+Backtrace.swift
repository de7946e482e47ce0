// The calls that led to a trap, with their source, as compiled programs print them.

import CWasmcRuntime
import WasmBinary
import WasmDebugInfo
import WasmInterpreter
import WasmSpec

extension InterpretedProgram {
    /// A line of a message.
    private struct Line {
        var place: CodePlace
        var name: String
        var source: SourceFrame?
        var isFirst = true
        var isLast = true
    }

    /// Calls `body` with a backtrace as the runtime prints it.
    func withFrames(_ backtrace: [CodePlace], _ body: (UnsafePointer<wasmc_host_frame>?, Int) -> Void) {
        let lines = lines(backtrace)
        // Compiled programs leave NULs out too.
        let strings = CStrings(
            lines.flatMap { [modules[$0.place.instance].name, $0.name, $0.source?.file ?? ""] }
                .map { String(decoding: $0.utf8.filter { $0 != 0 }, as: UTF8.self) })
        let frames = lines.enumerated().map { position, line in
            let text = 3 * position
            return wasmc_host_frame(
                module: modules.count > 1 ? strings.pointers[text] : nil, func_name: strings.pointers[text + 1],
                func_index: line.place.function, module_offset: UInt32(line.place.offset),
                repeated: line.isLast ? UInt64(line.place.repetitions) : 0,
                omitted: line.isFirst ? UInt64(line.place.omitted) : 0,
                file: line.source?.file == nil ? nil : strings.pointers[text + 2], line: line.source?.line ?? 0,
                column: line.source?.column ?? 0, has_source: line.source != nil,
                is_inlined: line.source?.isInlined ?? false)
        }
        withExtendedLifetime(strings) { frames.withUnsafeBufferPointer { body($0.baseAddress, $0.count) } }
    }

    /// A line for each call, and before it one for each function that the module's compiler has inlined there.
    private func lines(_ backtrace: [CodePlace]) -> [Line] {
        let names = modules.map { FunctionNames($0.module.module) }
        let debugInfo = modules.map { DebugInfo($0.module.module) }
        return backtrace.flatMap { place -> [Line] in
            let module = modules[place.instance].module
            let source = debugInfo[place.instance]
            let position = Int(place.function) - module.importedFunctionCount
            let body = module.module.functions.indices.contains(position) ? module.module.functions[position].body : nil
            let sourceName = body.flatMap { source?.functionName(at: $0.lowerBound) }
            let name = sourceName ?? names[place.instance].name(FunctionIndex(rawValue: place.function)) ?? ""
            guard let frames = source?.lookup(place.offset), !frames.isEmpty else {
                return [Line(place: place, name: name)]
            }
            return frames.enumerated().map { index, frame in
                Line(
                    place: place, name: frame.isInlined ? frame.shortFunction ?? name : name, source: frame,
                    isFirst: index == 0, isLast: index == frames.count - 1)
            }
        }
    }
}
