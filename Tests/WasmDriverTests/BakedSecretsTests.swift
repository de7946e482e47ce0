import Testing

@testable import WasmDriver

@Suite struct BakedSecretsTests {
    @Test(arguments: [
        "API_KEY", "DB_PASSWORD", "password", "githubToken", "CLIENT_SECRET", "AWS_SECRET_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "GOOGLE_CREDENTIALS", "SSH_PRIVATE_KEY", "STRIPE-API-KEY", "apiKey2",
    ]) func secretNames(name: String) {
        #expect(BakedSecrets.isSecret(name: name))
    }

    @Test(arguments: [
        "HOME", "PATH", "PWD", "KEYBOARD", "MONKEY", "PUBLIC_KEY", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE",
        "COMPASS", "BYPASS_CACHE", "TOKENIZER", "KEY", "SORT_KEY", "LANG", "",
    ]) func plainNames(name: String) {
        #expect(!BakedSecrets.isSecret(name: name))
    }

    @Test(arguments: [
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE", "-----BEGIN PRIVATE KEY-----", "AKIAABCDEFGHIJKLMNOP",
        "ghp_0123456789abcdef0123456789abcdef0123", "postgres://app:hunter2@db/app", "eyJhbGciOiJI.eyJzdWIiOiIx.c2ln",
    ]) func secretValues(value: String) {
        #expect(BakedSecrets.isSecret(value: value))
    }

    @Test(arguments: [
        "", "1", "/home/app", "-----BEGIN CERTIFICATE-----", "postgres://app@db/app", "http://[::1]:80/a@b:c",
        "AKIA", "sk-1", "a.b.c", "user:password@host",
    ]) func plainValues(value: String) {
        #expect(!BakedSecrets.isSecret(value: value))
    }

    @Test func onlyWhatIsBakedInIsWarnedOf() throws {
        let words = ["--env=API_KEY", "--env=API_KEY=", "--inherit-env", "--env=TZ=UTC"]
        let grants = words.compactMap { Grant(word: $0) }
        #expect(grants.count == words.count)
        #expect(BakedSecrets.warnings(in: grants).isEmpty)
        let warnings = BakedSecrets.warnings(in: [try Grant(.environment, "API_KEY=x")])
        #expect(warnings.count == 1)
        #expect(warnings[0].contains("`--env API_KEY` without a value"))
        #expect(!warnings[0].contains("=x"))
        let linked = BakedSecrets.warnings(in: [try Grant(.argument, "AKIAABCDEFGHIJKLMNOP")], of: "store")
        #expect(linked.count == 1)
        #expect(linked[0].contains("module `store`"))
    }
}
