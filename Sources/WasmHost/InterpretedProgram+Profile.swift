// `--profile-out`: what an interpreted program did, as a profile.

import Diagnostics
import Glibc
import Support
import WasmHostTable
import WasmInterpreter
import WasmProfile
import WasmSpec

/// The file of a profile and the counters that will be in it. The file is opened before the process is sealed, after which
/// nothing can be, and written at the program's end.
public final class ProfileOutput: Sendable {
    let counters = ExecutionCounters()
    private let path: String
    private let descriptor: Int32

    /// - Throws: `environment` when the file cannot be written.
    public init(_ path: String) throws(Diagnostic) {
        self.path = path
        descriptor = path == "-" ? STDOUT_FILENO : open(HostText.cString(path), O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw systemError("cannot write", path, errno) }
    }

    /// Replaces the file's contents. Throws `environment`.
    func write(_ profile: Profile) throws(Diagnostic) {
        // What is no file has no length.
        ftruncate(descriptor, 0)
        try Files.write(Array(profile.text.utf8), to: descriptor, path: path)
    }

    deinit { if descriptor != STDOUT_FILENO { close(descriptor) } }
}

extension InterpretedProgram {
    /// Writes the profile, if there is to be one. At the end, and whatever that is: what led to a trap or an exit counts.
    func writeProfile() throws(Diagnostic) {
        guard let output = profile else { return }
        var result = Profile()
        for (number, module) in modules.enumerated() {
            let isMain = number == modules.count - 1
            result.modules.append(
                ModuleProfile(name: isMain ? nil : module.name, functions: try functions(of: number, output.counters)))
        }
        try output.write(result)
    }

    private func functions(
        of number: Int, _ counters: ExecutionCounters
    ) throws(Diagnostic) -> [FunctionProfile] {
        let module = modules[number].module
        var shapes: [FunctionShape] = []
        for function in module.module.functions { shapes.append(try FunctionShape(function, in: module.module)) }
        let identities = FunctionIdentity.all(of: module.module, shapes)
        return identities.enumerated().map { position, identity in
            var function = FunctionProfile(identity: identity)
            let index = FunctionIndex(rawValue: identity.index)
            guard let counts = counters.counts(instance: number, function: index), counts.entries != 0 else {
                return function
            }
            let start = module.module.functions[position].offset
            function.entries = counts.entries
            function.sites = shapes[position].sites.map { site in
                let counted = counts.sites[start + Int(site.offset)]
                return FunctionProfile.Site(offset: site.offset, counts: siteCounts(counted, site.kind))
            }
            return function
        }
    }

    /// Code that cannot run has no counters.
    private func siteCounts(_ counted: ExecutionSite?, _ kind: FunctionShape.SiteKind) -> SiteCounts {
        switch counted {
        case .loop(let count): .loop(count)
        case .branch(let reached, let taken): .branch(reached: reached, taken: taken)
        case .table(let counts): .table(counts)
        case .call(let callees, let others): .call(callCounts(callees, others))
        case nil: SiteCounts(nothingOf: kind)
        }
    }

    private func callCounts(
        _ callees: [(instance: Int, function: FunctionIndex, count: UInt64)], _ others: UInt64
    ) -> CallCounts {
        CallCounts(
            others: others,
            targets: callees.map { callee in
                CallCounts.Target(
                    module: callee.instance,
                    function: callee.function.position - modules[callee.instance].module.importedFunctionCount,
                    count: callee.count)
            })
    }
}
