extension Grant {
    /// The grant of one word as `word` writes it; nil for anything else. Words of an executable's note may come from a
    /// later version, or from somebody hostile.
    public init?(word: String) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let kind = GrantKind.all.first(where: { $0.option == parts[0] }),
            (kind.value == .flag) == (parts.count == 1)
        else { return nil }
        do throws(GrantError) { try self.init(kind, parts.count == 2 ? parts[1] : "") } catch { return nil }
    }
}
