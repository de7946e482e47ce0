import Support

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

    func contents(_ path: String) -> [UInt8] { (try? Files.read("\(root)/\(path)")) ?? [] }

    func files(below directory: String, suffix: String) -> [String] {
        files(below: directory).filter { $0.hasSuffix(suffix) }.sorted()
    }

    private func files(below directory: String) -> [String] {
        let names = (try? Files.names(in: "\(root)/\(directory)")) ?? []
        return names.filter { !$0.hasPrefix(".") }.flatMap { name in
            let path = "\(directory)/\(name)"
            return Files.isDirectory("\(root)/\(path)") ? files(below: path) : [path]
        }
    }
}
