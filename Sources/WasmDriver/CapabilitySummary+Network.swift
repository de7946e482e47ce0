extension CapabilitySummary {
    /// What it can do on the network, which takes an import and a grant each.
    var network: [String] {
        let never = "It cannot open network connections"
        // Every ABI with sockets of its own opens them so.
        if imports("sock_open") { return rules }
        guard imports("sock_accept") else { return [never + ", nor accept any."] }
        return accepting(never) + isolation
    }

    /// Of a module that can accept and no more.
    private func accepting(_ never: String) -> [String] {
        if !listeners.isEmpty { return ["It can accept network connections \(list(listeners)); it cannot open any."] }
        if !senders.isEmpty { return [never + "; it can accept some on sockets that others hand over."] }
        switch subject {
        case .module: return [never + "; it can accept some on sockets that it is granted."]
        case .program, .linkedModule:
            return [
                never
                    + (canBeGranted
                        ? ", nor accept any, unless whoever starts it grants a socket."
                        : ", nor accept any.")
            ]
        }
    }

    private var listeners: [String] {
        grants.compactMap { grant in
            if grant.kind == .listenFD { return "on sockets that its starter passes" }
            guard grant.kind == .tcpListen, case .address(let address) = grant.value else { return nil }
            return "on `\(address)`"
        }
    }

    private var connects: Bool { imports("sock_connect", "sock_send_to") }
    private var listens: Bool { imports("sock_bind", "sock_listen", "sock_recv_from") }
    private var looksUp: Bool { imports("sock_getaddrinfo", "sock_addr_resolve") }

    /// Of a module with sockets.
    private var rules: [String] {
        if subject == .module {
            var verbs: [String] = []
            if connects { verbs.append("connect and send") }
            if listens { verbs.append("listen and receive") }
            let names = looksUp ? "; it can look up names that it is granted" : ""
            return verbs.isEmpty
                ? ["It opens sockets and connects none\(names)."]
                : ["At network addresses that it is granted, and nowhere else, it can \(list(verbs))\(names)."]
        }
        return isolation + granted + [rest]
    }

    /// Whether it may have sockets without a rule.
    private var isFreeInside: Bool { if case .program = subject { program.isIsolated } else { false } }

    /// Of an executable's module with sockets: those rules for which it has a call.
    private var granted: [String] {
        let own = NetworkGrants(grants.map(\.word))
        func quoted(_ words: [String]) -> String { list(words.map { "`\($0)`" }) }
        var sentences: [String] = []
        if connects, !own.outbound.isEmpty {
            sentences.append("It can connect and send to \(quoted(own.outbound)).")
        }
        if listens, !own.inbound.isEmpty {
            sentences.append("It can listen and receive on \(quoted(own.inbound)).")
        }
        if looksUp, !own.names.isEmpty { sentences.append("It can look up the names \(quoted(own.names)).") }
        if imports("sock_accept"), !listeners.isEmpty {
            sentences.append("It can accept network connections \(list(listeners)).")
        }
        return sentences
    }

    private var isolation: [String] {
        guard program.isIsolated else { return [] }
        let inside =
            program.hasLoopback
            ? "Its network is the program's own, with its loopback and nothing else in it"
                + (isFreeInside && imports("sock_open") ? "; there it needs no rule." : ".")
            : "Its network is the program's own, with nothing in it, not even a loopback."
        guard !program.forwards.isEmpty else { return [inside] }
        let forwards = list(program.forwards.map { "`\($0)`" })
        return [inside, "From outside it gets what comes to ports of the host that are forwarded: \(forwards)."]
    }

    private var rest: String {
        if granted.isEmpty, !isFreeInside {
            return "It is granted no address of the network, so it can neither connect nor listen"
                + (canBeGranted ? ", unless whoever starts it grants some." : ".")
        }
        return "It reaches nothing else on the network"
            + (canBeGranted ? ", unless whoever starts it grants more." : ".")
    }
}
