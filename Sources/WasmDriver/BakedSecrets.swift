// What is baked into an executable can be read by everybody who has the file. Somebody who bakes in a password has
// probably not thought of that.

/// Values among grants that look as if they were to stay secret.
public enum BakedSecrets {
    /// A warning for each such value: what it is, and what to do instead.
    public static func warnings(in grants: [Grant], of module: String? = nil) -> [String] {
        let owner = module.map { " of module `\($0)`" } ?? ""
        return grants.compactMap { grant in
            switch grant.value {
            case .variable(let name, let value?) where isSecret(name: name, value: value):
                "the value of `\(name)`\(owner) looks secret, and everybody who can read the executable can read it; "
                    + "`--env \(name)` without a value passes on that of whoever starts the program"
            case .text(let text) where grant.kind == .argument && isSecret(value: text):
                "an argument\(owner) looks secret, and everybody who can read the executable can read it; "
                    + "a variable that the starter sets (`env` with a name alone) is not in the executable"
            default: nil
            }
        }
    }

    private static func isSecret(name: String, value: String) -> Bool {
        !value.isEmpty && (isSecret(name: name) || isSecret(value: value))
    }

    /// By the words of a variable's name: `DB_PASSWORD`, `githubToken`.
    static func isSecret(name: String) -> Bool {
        let words = words(of: name)
        if words.first == "AWS", !publicAWSWords.contains(where: { words.contains($0) }) { return true }
        if words.contains(where: { secretWords.contains($0) }) { return true }
        // PUBLIC_KEY and KEY_FILE are none.
        guard words.last == "KEY" || words.last == "KEYS" else { return false }
        return words.contains { keyWords.contains($0) }
    }

    /// In capitals, divided where letters change from small to capital and at everything that is no letter.
    private static func words(of name: String) -> [String] {
        var words: [String] = [""]
        var wasLower = false
        for character in name {
            if !character.isLetter || (character.isUppercase && wasLower) { words.append("") }
            if character.isLetter { words[words.count - 1] += character.uppercased() }
            wasLower = character.isLowercase
        }
        return words.filter { !$0.isEmpty }
    }

    /// By what well-known secrets begin with, wherever they are called what.
    static func isSecret(value: String) -> Bool {
        if value.contains("-----BEGIN"), value.contains("PRIVATE KEY") { return true }
        if secretPrefixes.contains(where: { value.hasPrefix($0.text) && value.utf8.count >= $0.leastBytes }) {
            return true
        }
        return isToken(value) || hasPassword(url: value)
    }

    /// A JSON Web Token: three parts in base64, of which the first two are objects.
    private static func isToken(_ value: String) -> Bool {
        let parts = value.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3 && parts[0].hasPrefix("eyJ") && parts[1].hasPrefix("eyJ")
    }

    /// `scheme://user:password@host`.
    private static func hasPassword(url value: String) -> Bool {
        guard let scheme = value.firstRange(of: "://") else { return false }
        let authority = value[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") else {
            return false
        }
        return authority.index(after: colon) < at
    }

    private static let secretWords: Set<String> = [
        "PASSWORD", "PASSWD", "PASSPHRASE", "PASS", "TOKEN", "TOKENS", "SECRET", "SECRETS", "CREDENTIAL", "CREDENTIALS",
        "APIKEY", "PRIVATEKEY", "SECRETKEY", "ACCESSKEY",
    ]

    private static let keyWords: Set<String> = [
        "API", "ACCESS", "AUTH", "PRIVATE", "ENCRYPTION", "SIGNING", "MASTER", "SSH", "LICENSE", "ACCOUNT", "STORAGE",
        "DEPLOY", "SERVICE", "ADMIN",
    ]

    /// Where to find a service and not how to get in.
    private static let publicAWSWords: Set<String> = ["REGION", "PROFILE", "ENDPOINT", "OUTPUT", "PARTITION"]

    private static let secretPrefixes: [(text: String, leastBytes: Int)] = [
        ("ghp_", 20), ("gho_", 20), ("ghs_", 20), ("ghu_", 20), ("github_pat_", 20), ("glpat-", 20), ("xoxb-", 20),
        ("xoxp-", 20), ("AKIA", 20), ("ASIA", 20), ("sk-", 20), ("sk_live_", 20), ("rk_live_", 20), ("npm_", 20),
        ("pypi-", 20), ("hf_", 20), ("AIza", 30),
    ]
}
