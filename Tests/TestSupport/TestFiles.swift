import Glibc

/// Files of the folder that lies beside the project. Without it the tests that need it do nothing but say so.
public enum SharedFiles {
    /// Files below `directory` whose names end in `suffix`, relative to the folder, sorted.
    public static func paths(below directory: String, suffix: String) -> [String] {
        let found = tree.files(below: directory, suffix: suffix)
        if found.isEmpty { print("nothing at \(tree.root)/\(directory): tests of these files have nothing to do") }
        return found
    }

    /// The bytes of a file, by its path relative to the folder; empty when it cannot be read.
    public static func contents(_ path: String) -> [UInt8] { tree.contents(path) }

    private static let tree = FileTree(root: "\(FileTree.package.root)/../shared")
}

/// Files of the package.
public enum PackageFiles {
    /// Files below `directory` whose names end in `suffix`, relative to the package, sorted.
    public static func paths(below directory: String, suffix: String) -> [String] {
        FileTree.package.files(below: directory, suffix: suffix)
    }

    /// The bytes of a file, by its path relative to the package; empty when it cannot be read.
    public static func contents(_ path: String) -> [UInt8] { FileTree.package.contents(path) }
}

private struct FileTree {
    let root: String

    /// Tests/TestSupport/TestFiles.swift, three levels below the package.
    static let package = FileTree(
        root: "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/"))

    func contents(_ path: String) -> [UInt8] {
        guard let file = fopen("\(root)/\(path)", "rb") else { return [] }
        defer { fclose(file) }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { result += buffer[..<count] }
        return result
    }

    func files(below directory: String, suffix: String) -> [String] {
        files(below: directory).filter { $0.hasSuffix(suffix) }.sorted()
    }

    private func files(below directory: String) -> [String] {
        guard let stream = opendir("\(root)/\(directory)") else { return [] }
        defer { closedir(stream) }
        var result: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(".") { continue }
            let path = "\(directory)/\(name)"
            result += entry.pointee.d_type == UInt8(DT_DIR) ? files(below: path) : [path]
        }
        return result
    }
}
