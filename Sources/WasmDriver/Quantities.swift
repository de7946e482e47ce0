// Sizes and durations with units, in words that grants take (runtime-c/src/grants_parse.c) and people read.

/// Numbers with units.
public enum Quantity {
    /// Bytes of a size as grants have it, such as `256MiB`; nil for what is none.
    public static func bytes(ofSize text: String) -> UInt64? { parseSize(text) }

    /// Bytes in the largest binary unit that gives a whole number: `256MiB`, `1000`.
    public static func size(bytes: UInt64) -> String { exact(bytes, sizeUnits) }

    /// A duration in the largest unit that gives a whole number: `10s`, `1500ms`.
    public static func duration(nanoseconds: UInt64) -> String { exact(nanoseconds, durationUnits) }

    /// The sizes of a memory whose type is described as `MemoryType` does it (`i64 1 2 shared (pagesize 1)`), and that
    /// type: `64 KiB to 128 KiB (memory 1 2)`. What is no such type stays as it is: it may come from a hostile file.
    public static func memory(_ description: String) -> String {
        let pageBytes: UInt64 = description.hasSuffix("(pagesize 1)") ? 1 : 65536
        let numbers = description.split(separator: " ").prefix { $0 != "shared" && !$0.hasPrefix("(") }
            .drop { $0 == "i64" }.map { UInt64($0) }
        guard (1...2).contains(numbers.count) else { return description }
        var sizes: [String] = []
        for number in numbers {
            guard let number, case let (bytes, overflow) = number.multipliedReportingOverflow(by: pageBytes),
                !overflow
            else { return description }
            sizes.append(rounded(bytes: bytes))
        }
        return sizes.joined(separator: " to ") + " (memory \(description))"
    }

    /// Bytes for people: at most one decimal, rounded down, in the largest unit that they reach: `80.6 KiB`.
    public static func rounded(bytes: UInt64) -> String {
        guard let unit = sizeUnits.first(where: { bytes >= $0.factor && $0.factor > 1 }) else {
            return "\(bytes) bytes"
        }
        let tenths = bytes / unit.factor * 10 + bytes % unit.factor * 10 / unit.factor
        let decimal = tenths % 10 == 0 ? "" : ".\(tenths % 10)"
        return "\(tenths / 10)\(decimal) \(unit.name)"
    }

    private static func exact(_ value: UInt64, _ units: [(name: String, factor: UInt64)]) -> String {
        for unit in units where value >= unit.factor && value % unit.factor == 0 {
            return "\(value / unit.factor)\(unit.name)"
        }
        return "\(value)\(units[units.count - 1].name)"
    }

    /// Largest first. No size needs a unit for single bytes.
    private static let sizeUnits: [(name: String, factor: UInt64)] = [
        ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("", 1),
    ]

    private static let durationUnits: [(name: String, factor: UInt64)] = [
        ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1000),
        ("ns", 1),
    ]
}
