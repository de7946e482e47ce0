import Testing

@testable import WasmDriver

@Suite struct CapabilitySummaryTests {
    private typealias Subject = CapabilitySummary.Subject

    private func sentences(_ subject: Subject, _ functions: [String], _ grants: [String] = []) -> [String] {
        let imports = functions.map { "wasi_snapshot_preview1 \($0)" }
        return CapabilitySummary(subject: subject, imports: imports, grants: grants).sentences
    }

    @Test func whatIsNotImportedCannotBeDoneWhateverIsGranted() {
        let all = ["--dir=a::/a", "--inherit-env", "--tcplisten=127.0.0.1:80"]
        #expect(
            sentences(.program(isCeiling: false), ["proc_exit"], all).prefix(4) == [
                "It cannot reach files: it imports no function for that.",
                "It cannot open network connections, nor accept any.", "It reads no environment variables.",
                "It uses no standard stream.",
            ])
    }

    @Test func directories() {
        let open: [String] = ["path_open", "fd_read", "fd_write"]
        #expect(
            sentences(.program(isCeiling: true), open, ["--dir=data::/data", "--dir=etc::etc::ro"]).prefix(3) == [
                "It can read files and change them below `data`, which it calls `/data`.",
                "It can read files below `etc`, and change nothing there.", "It reaches no other files.",
            ])
        #expect(
            sentences(.program(isCeiling: false), ["path_filestat_get"], ["--dir=a::a"]).prefix(2) == [
                "It can list files and their sizes and times below `a`.",
                "It reaches no other files, unless whoever starts it grants more.",
            ])
        #expect(
            sentences(.program(isCeiling: true), ["path_unlink_file"], ["--dir=a::a"])[0]
                == "It can change files below `a`.")
    }

    @Test func withoutDirectories() {
        let open: [String] = ["path_open", "fd_read"]
        #expect(
            sentences(.program(isCeiling: true), open)[0]
                == "It is granted no directory, so it cannot reach files.")
        #expect(
            sentences(.program(isCeiling: false), open)[0]
                == "It is granted no directory, so it cannot reach files, unless whoever starts it grants one.")
        #expect(
            sentences(.linkedModule(isCeiling: true), open, ["--accept-from=main"])[0]
                == "It is granted no directory, and reaches files only below those that others hand over.")
        #expect(
            sentences(.module, open)[0]
                == "Below directories that it is granted, and nowhere else, it can read files and change them.")
    }

    @Test func sockets() {
        func network(_ subject: Subject, _ grants: [String]) -> String {
            sentences(subject, ["sock_accept"], grants).first { $0.contains("network") } ?? ""
        }
        #expect(
            network(.program(isCeiling: true), ["--tcplisten=127.0.0.1:80", "--listenfd"])
                == "It can accept network connections on `127.0.0.1:80` and on sockets that its starter passes; "
                + "it cannot open any.")
        #expect(network(.program(isCeiling: true), []) == "It cannot open network connections, nor accept any.")
        #expect(
            network(.program(isCeiling: false), [])
                == "It cannot open network connections, nor accept any, unless whoever starts it grants a socket.")
        #expect(
            network(.linkedModule(isCeiling: true), ["--accept-from=main"])
                == "It cannot open network connections; it can accept some on sockets that others hand over.")
    }

    private static let socketFunctions = [
        "sock_open", "sock_connect", "sock_bind", "sock_listen", "sock_accept", "sock_getaddrinfo",
    ]

    private func network(_ subject: Subject, _ grants: [String], program: [String] = []) -> [String] {
        let imports = Self.socketFunctions.map { "wasi_snapshot_preview1 \($0)" }
        return CapabilitySummary(subject: subject, imports: imports, grants: grants, program: program).network
    }

    @Test func rulesOfTheNetwork() {
        let grants = [
            "--allow-outbound=tcp://api.example.com:443", "--allow-outbound=udp://10.0.0.0/8:53",
            "--allow-inbound=tcp://127.0.0.1:9000", "--allow-resolve=api.example.com", "--allow-outbound=nonsense",
        ]
        let known = [
            "It can connect and send to `tcp://api.example.com:443` and `udp://10.0.0.0/8:53`.",
            "It can listen and receive on `tcp://127.0.0.1:9000`.", "It can look up the names `api.example.com`.",
        ]
        #expect(network(.program(isCeiling: true), grants) == known + ["It reaches nothing else on the network."])
        #expect(
            network(.linkedModule(isCeiling: false), grants) == known + [
                "It reaches nothing else on the network, unless whoever starts it grants more."
            ])
        #expect(
            network(.program(isCeiling: true), [])
                == ["It is granted no address of the network, so it can neither connect nor listen."])
        #expect(
            network(.module, []) == [
                "At network addresses that it is granted, and nowhere else, it can connect and send and listen and "
                    + "receive; it can look up names that it is granted."
            ])
        // What it has no call for it cannot do, whatever the rules say.
        #expect(
            CapabilitySummary(
                subject: .program(isCeiling: true), imports: ["wasi_snapshot_preview1 sock_open"], grants: grants
            ).network == ["It is granted no address of the network, so it can neither connect nor listen."])
    }

    @Test func isolationIsTheWholePrograms() {
        let program = ["--isolate-network", "--forward=8080:3000", "--forward=5353:53/udp"]
        let inside = [
            "Its network is the program's own, with its loopback and nothing else in it; there it needs no rule.",
            "From outside it gets what comes to ports of the host that are forwarded: `8080:3000` and `5353:53/udp`.",
            "It reaches nothing else on the network.",
        ]
        #expect(network(.program(isCeiling: true), program) == inside)
        #expect(
            CapabilitySummary(
                subject: .program(isCeiling: true), imports: ["wasi_snapshot_preview1 sock_accept"],
                grants: ["--listenfd", "--isolate-network"]
            ).network == [
                "It can accept network connections on sockets that its starter passes; it cannot open any.",
                "Its network is the program's own, with its loopback and nothing else in it.",
            ])
        // A linked module has what it is granted, there, too.
        #expect(
            network(.linkedModule(isCeiling: true), [], program: program) == [
                "Its network is the program's own, with its loopback and nothing else in it.", inside[1],
                "It is granted no address of the network, so it can neither connect nor listen.",
            ])
        #expect(
            network(.program(isCeiling: true), ["--isolate-network", "--no-loopback"])[0]
                == "Its network is the program's own, with nothing in it, not even a loopback.")
    }

    @Test func processesBesideTheGuests() {
        let calls = SystemCalls(guest: ["recvmsg"], broker: ["connect", "socket"], forwarder: ["splice"])
        let seal = SealSummary(mode: .auto, systemCalls: calls, isCeiling: true).sentences
        #expect(
            seal[2]
                == "Sockets: recvmsg, on sockets that it was granted or that its broker gives it; none makes, binds "
                + "or connects one.")
        #expect(
            seal[3] == "Broker, a process beside it with a filter of its own (2 system calls): it alone opens sockets "
                + "and looks names up, by the rules.")
        #expect(seal.contains { $0.hasPrefix("Forwarder, ") && $0.contains("(1 system calls)") })
    }

    @Test func variablesAndLimits() {
        let grants = ["--env=A=1", "--env=B=", "--env=HOME", "--max-memory=256MiB", "--timeout=10s", "--max-files=9"]
        let result = sentences(.program(isCeiling: true), ["environ_get"], grants)
        #expect(result.contains("It reads `A` and `B`, whose values are baked in."))
        #expect(result.contains("It reads `HOME` of the environment of whoever starts it."))
        #expect(result.contains("It has at most 256 MiB of memory, 10s of time and 9 open files."))
    }

    @Test func streamsOfLinkedModulesAreGranted() {
        let functions = ["fd_read", "fd_write"]
        #expect(
            sentences(.program(isCeiling: true), functions)
                .contains("It can read standard input and write standard output and error."))
        #expect(sentences(.linkedModule(isCeiling: true), functions).contains("It uses no standard stream."))
        #expect(
            sentences(.linkedModule(isCeiling: true), functions, ["--inherit-stdio=stderr"])
                .contains("It can write standard error."))
    }

    /// A note may hold anything.
    @Test func hostileWordsAreNoGrants() {
        let words = ["", "=", "--dir", "--dir=", "--dir=a:b", "--env==", "--seal=no", "x", "--max-memory=-1"]
        #expect(words.allSatisfy { Grant(word: $0) == nil })
        let result = CapabilitySummary(subject: .program(isCeiling: true), imports: ["", " ", "x"], grants: words)
        #expect(result.sentences.last == "What it imports from `x` has to come from linked modules.")
    }

    @Test func sealing() {
        func seal(_ mode: SealMode, _ calls: [String]?) -> [String] {
            SealSummary(mode: mode, systemCalls: calls.map { SystemCalls(guest: $0) }, isCeiling: true).sentences
        }
        #expect(seal(.off, []).count == 1)
        #expect(seal(.auto, nil).count == 1)
        let calls = ["accept4", "close", "openat2", "unlinkat"]
        #expect(
            seal(.require, calls)[1] == "Paths: openat2, unlinkat, on what it was granted; Landlock refuses to open, "
                + "create, remove or rename anything outside of the granted directories.")
        #expect(
            seal(.require, calls)[2]
                == "Sockets: accept4, on sockets that it was granted; none makes, binds or connects one.")
        #expect(seal(.auto, ["connect"])[2] == "Sockets: connect.")
        #expect(
            SealSummary(mode: .auto, systemCalls: SystemCalls(guest: []), isCeiling: false).sentences.last
                == "Whoever starts it can choose another mode with `--seal` in WASMC_GRANTS.")
    }
}
