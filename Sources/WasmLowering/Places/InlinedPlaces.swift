import LLVMBridge

/// The places of code that LLVM has inlined: the line table of an object has room for one number at each program
/// counter, and no more is needed when the numbers of such places name an entry of a list.
struct InlinedPlaces {
    /// A call whose callee became part of the caller.
    struct Call: Hashable {
        /// The module offset of the call.
        var offset: UInt32
        /// The number of the call that made the caller part of another function, from 1 on; 0 when none did.
        var inlined: Int
    }

    /// What a line from `firstLine` on stands for.
    struct Place: Hashable {
        /// The module offset; 0 when it is not known.
        var offset: UInt32
        /// The number of a call, or 0.
        var inlined: Int
    }

    /// Module offsets are smaller (`ImplementationLimits.moduleBytes`).
    static let firstLine: UInt32 = 1 << 31

    /// The column of a tail call: whose callee is inlined has been replaced by it, and is no frame any more.
    static let tailCallColumn: UInt32 = 1

    private(set) var places: [Place] = []
    /// The call of number n is the element n - 1, behind that of which it is a part.
    private(set) var calls: [Call] = []
    private var placeNumbers: [Place: UInt32] = [:]
    private var callNumbers: [Call: Int] = [:]
    private var source: [Metadata: UInt32]?
    /// What stands for the module offsets of lines; those of places and calls are translated.
    private var numbering = PlaceNumbering.offsets

    /// No inlined code.
    init() {}

    /// What was found before.
    init(places: [Place], calls: [Call]) {
        self.places = places
        self.calls = calls
    }

    /// The same with module offsets in place of numbers.
    func numbered(by numbering: PlaceNumbering) -> InlinedPlaces {
        var result = InlinedPlaces(
            places: places.map { Place(offset: numbering.offset(ofLine: $0.offset), inlined: $0.inlined) },
            calls: calls.map { Call(offset: numbering.offset(ofLine: $0.offset), inlined: $0.inlined) })
        result.numbering = numbering
        return result
    }

    /// Gives each instruction a location whose line, or with `-g` whose discriminator, is a module offset or the number of a
    /// place. To be called after the last pass over the module.
    ///
    /// Where passes have merged instructions and the line is gone, the offset of the function's body takes its place,
    /// at which there is no instruction.
    ///
    /// - Parameter source: with `-g`, the scopes that carry module offsets, with these.
    init(rewriting module: IRModule, _ debugInfo: DIBuilder, source: [Metadata: UInt32]? = nil) {
        self.source = source
        var known: [Metadata: Metadata?] = [:]
        for function in module.functions {
            guard let subprogram = function.subprogram else { continue }
            known.removeAll(keepingCapacity: true)
            forEachInstruction(of: function) { instruction in
                guard let location = instruction.debugLocation else { return }
                if source == nil, location.inlinedAt == nil, location.locationLine != 0 { return }
                if source != nil, location.inlinedAt == nil { return }
                if known[location] == nil {
                    known[location] =
                        source == nil
                        ? debugInfo.location(line: line(of: location), column: 0, scope: subprogram)
                        : numbered(location, debugInfo)
                }
                if let replacement = known[location] ?? nil { instruction.setDebugLocation(replacement) }
            }
        }
        self.source = nil
    }

    /// A location of the source whose discriminator names a place; nil for one that carries no module offset, or that is
    /// not inlined.
    private mutating func numbered(_ location: Metadata, _ debugInfo: DIBuilder) -> Metadata? {
        let scope = location.locationScope
        guard Self.offset(of: location, source) != 0, let file = scope.scopeFile else { return nil }
        let place = line(of: location)
        guard place >= Self.firstLine else { return nil }
        return debugInfo.location(
            line: location.locationLine, column: location.locationColumn,
            scope: debugInfo.lexicalBlock(scope, file: file, discriminator: place), inlinedAt: location.inlinedAt)
    }

    /// The place behind a line.
    func place(ofLine line: UInt32) -> Place {
        guard line >= Self.firstLine else {
            return Place(offset: numbering.offset(ofLine: line), inlined: 0)
        }
        let index = Int(line - Self.firstLine)
        return places.indices.contains(index) ? places[index] : Place(offset: 0, inlined: 0)
    }

    private mutating func line(of location: Metadata) -> UInt32 {
        // What a tail call has called, which was inlined and thus became an ordinary call, stands in the caller's place.
        if isTailCall(location), let outer = location.inlinedAt { return line(of: outer) }
        let call = outerNumber(of: location)
        let offset = Self.offset(of: location, source)
        guard call != 0 else { return offset }
        let place = Place(offset: offset, inlined: call)
        if let known = placeNumbers[place] { return known }
        let line = Self.firstLine + UInt32(places.count)
        places.append(place)
        placeNumbers[place] = line
        return line
    }

    /// The number of the call that a location was inlined at, or 0.
    private mutating func outerNumber(of location: Metadata) -> Int {
        guard let call = location.inlinedAt else { return 0 }
        return number(ofCall: call)
    }

    /// The number of a call. What the compiler made up has no place in the module, and no caller there.
    private mutating func number(ofCall location: Metadata) -> Int {
        let outer = outerNumber(of: location)
        let call = Call(offset: Self.offset(of: location, source), inlined: outer)
        guard call.offset != 0, !isTailCall(location) else { return outer }
        if let known = callNumbers[call] { return known }
        calls.append(call)
        callNumbers[call] = calls.count
        return calls.count
    }

    /// Columns are the source's with `-g`.
    private func isTailCall(_ location: Metadata) -> Bool {
        source == nil && location.locationColumn == Self.tailCallColumn
    }

    /// 0 for what has none: calls that the module's compiler has inlined.
    private static func offset(of location: Metadata, _ source: [Metadata: UInt32]?) -> UInt32 {
        if let source { return source[location.locationScope] ?? 0 }
        let line = location.locationLine
        return line != 0 ? line : location.locationScope.subprogramLine
    }
}
