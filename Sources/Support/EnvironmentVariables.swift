import Diagnostics
import Glibc

/// The environment of this process.
public enum EnvironmentVariables {
    /// The value of a variable, or nil when it is unset or empty.
    public static func value(_ name: String) -> String? {
        guard let value = getenv(name), value[0] != 0 else { return nil }
        return HostText.text(cString: value)
    }

    /// All of them, as `NAME=VALUE`.
    public static var all: [String] {
        var variables: [String] = []
        var next = environ
        while let variable = next.pointee {
            variables.append(HostText.text(cString: variable))
            next += 1
        }
        return variables
    }
}
