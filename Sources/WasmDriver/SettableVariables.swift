import Support

/// The names of the variables in this process's environment, sorted; those that a shell can set.
public func environmentNames() -> [String] {
    let names = EnvironmentVariables.all.map { $0.prefix { $0 != "=" } }
    return Set(names.filter { $0.utf8.allSatisfy { plainBytes.contains($0) } }.map(String.init)).sorted()
}
