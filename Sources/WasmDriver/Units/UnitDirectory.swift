// `--emit units`: a directory that another engine builds, here or on many machines.

import Diagnostics
import Glibc
import Support
import WasmLowering

/// The files of a build in steps: one for each unit, how they are linked, and commands for ninja.
struct UnitDirectory {
    let units: [ProgramUnit]
    /// An object that is linked as it is.
    let source: [UInt8]?
    let plan: UnitLinkPlan
    /// What the executable is called.
    let name: String
    /// The path of this compiler.
    let compiler: String

    /// The names of the files with their contents.
    var files: [(name: String, bytes: [UInt8])] {
        units.map { ("\($0.fileName).unit", UnitFile.encoded($0.unit)) }
            + (source.map { [("source.o", $0)] } ?? [])
            + [("program.link", Array(plan.text.utf8)), ("build.ninja", Array(ninja.utf8))]
    }

    private var ninja: String {
        let objects = units.map { "\($0.fileName).o" } + (source == nil ? [] : ["source.o"])
        let steps = units.map { "build \($0.fileName).o: unit \($0.fileName).unit\n" }.joined()
        return """
            # What `wasmc build --emit units` has written. Each command reads and writes the files that it names, and no others
            # but those of the toolchain; all of them together make what `wasmc build` makes.
            wasmc = \(compiler.shellQuoted.ninjaEscaped)

            rule unit
              command = $wasmc compile-unit $in -o $out
              description = unit $in
            rule link
              command = $wasmc link-units $in -o $out
              description = link $out

            \(steps)build \(name.ninjaPath): link program.link \(objects.joined(separator: " "))
            default \(name.ninjaPath)

            """
    }

    /// Writes what is not there yet: the time of a file that stays the same stays, and what is made of it is up to date.
    ///
    /// - Returns: the paths of all files.
    func write(to directory: String) throws(Diagnostic) -> [String] {
        try Files.makeDirectory(directory)
        var paths: [String] = []
        for (name, bytes) in files {
            let file = ArtifactFile(path: "\(directory)/\(name)", bytes: bytes)
            if (try? Files.read(file.path)) != bytes { try file.write() }
            paths.append(file.path)
        }
        return paths
    }
}

extension String {
    /// A word for a shell.
    fileprivate var shellQuoted: String {
        let plain = utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "-")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "_")
        }
        return plain ? self : "'" + replacing("'", with: "'\\''") + "'"
    }

    /// The value of a variable of ninja's.
    fileprivate var ninjaEscaped: String { replacing("$", with: "$$") }

    /// A path in a line of ninja's that says what is built.
    fileprivate var ninjaPath: String {
        ninjaEscaped.replacing(" ", with: "$ ").replacing(":", with: "$:")
    }
}
