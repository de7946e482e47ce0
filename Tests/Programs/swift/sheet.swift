// sheet - evaluates a small spreadsheet.
//
//     sheet [INPUT [OUTPUT]]
//
// INPUT, or standard input, has lines `name = expression`. Expressions know numbers, names, + - * / ^, parentheses and
// the functions sum, mean, min, max, abs and if(condition, then, else). Cells are evaluated in the order of their
// dependencies, whatever their order in the file. OUTPUT gets the same as CSV. SHEET_DIGITS in the environment is the
// number of digits after the point. Exit status: 0; 1 when a cell has an error; 3 for a cycle; 4 when a file cannot be
// used. `sheet --overflow` overflows an integer, which traps.

enum SheetError: Error {
    case unexpected(Character?, column: Int)
    case unknownName(String)
    case unknownFunction(String)
    case wrongCount(String, Int)
    case divisionByZero
    case cycle([String])
}

indirect enum Expression {
    case number(Double)
    case name(String)
    case negate(Expression)
    case binary(Operator, Expression, Expression)
    case call(String, [Expression])
}

enum Operator: Character {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "^"
    case less = "<"
    case greater = ">"

    var precedence: Int {
        switch self {
        case .less, .greater: 1
        case .add, .subtract: 2
        case .multiply, .divide: 3
        case .power: 4
        }
    }

    func apply(_ left: Double, _ right: Double) throws(SheetError) -> Double {
        switch self {
        case .add: return left + right
        case .subtract: return left - right
        case .multiply: return left * right
        case .divide:
            if right == 0 { throw .divisionByZero }
            return left / right
        case .power: return raise(left, to: Int(right))
        case .less: return left < right ? 1 : 0
        case .greater: return left > right ? 1 : 0
        }
    }

    private func raise(_ base: Double, to exponent: Int) -> Double {
        var (result, factor, rest) = (1.0, base, exponent.magnitude)
        while rest > 0 {
            if rest & 1 == 1 { result *= factor }
            factor *= factor
            rest >>= 1
        }
        return exponent < 0 ? 1 / result : result
    }
}

struct Parser {
    private let characters: [Character]
    private var position = 0

    init(_ text: some StringProtocol) {
        characters = Array(text)
    }

    static func parse(_ text: some StringProtocol) throws(SheetError) -> Expression {
        var parser = Parser(text)
        let expression = try parser.expression(above: 0)
        guard parser.peek() == nil else { throw parser.unexpected() }
        return expression
    }

    private mutating func peek() -> Character? {
        while position < characters.count && characters[position].isWhitespace { position += 1 }
        return position < characters.count ? characters[position] : nil
    }

    private mutating func take(_ wanted: Character) -> Bool {
        guard peek() == wanted else { return false }
        position += 1
        return true
    }

    private func unexpected() -> SheetError {
        .unexpected(position < characters.count ? characters[position] : nil, column: position + 1)
    }

    private mutating func expression(above precedence: Int) throws(SheetError) -> Expression {
        var left = try operand()
        while let character = peek(), let next = Operator(rawValue: character), next.precedence > precedence {
            position += 1
            // Powers group to the right, everything else to the left.
            let right = try expression(above: next == .power ? next.precedence - 1 : next.precedence)
            left = .binary(next, left, right)
        }
        return left
    }

    private mutating func operand() throws(SheetError) -> Expression {
        guard let character = peek() else { throw unexpected() }
        if take("-") { return .negate(try expression(above: Operator.multiply.precedence)) }
        if take("(") {
            let inner = try expression(above: 0)
            guard take(")") else { throw unexpected() }
            return inner
        }
        if character.isNumber { return try number() }
        guard character.isLetter else { throw unexpected() }
        let name = word()
        guard take("(") else { return .name(name) }
        var arguments: [Expression] = []
        while !take(")") {
            arguments.append(try expression(above: 0))
            guard take(",") || peek() == ")" else { throw unexpected() }
        }
        return .call(name, arguments)
    }

    private mutating func word() -> String {
        let start = position
        while position < characters.count, characters[position].isLetter || characters[position].isNumber {
            position += 1
        }
        return String(characters[start..<position])
    }

    private mutating func number() throws(SheetError) -> Expression {
        var value = 0.0
        var scale = 0.0
        while position < characters.count {
            if let digit = characters[position].wholeNumberValue {
                value = value * 10 + Double(digit)
                scale *= 10
            } else if characters[position] == ".", scale == 0 {
                scale = 1
            } else {
                break
            }
            position += 1
        }
        return .number(scale > 0 ? value / scale : value)
    }
}

/// Something that has neighbours by key; the order of evaluation is found over any of them.
protocol Graph<Key> {
    associatedtype Key: Hashable & Comparable
    var keys: [Key] { get }
    func neighbours(of key: Key) -> [Key]
}

enum Visit { case active, done }

extension Graph {
    /// The keys so that each comes after its neighbours, or the keys of a cycle.
    func ordered() -> (order: [Key], cycle: [Key]?) {
        var visits: [Key: Visit] = [:]
        var order: [Key] = []
        var path: [Key] = []

        func visit(_ key: Key) -> [Key]? {
            switch visits[key] {
            case .done: return nil
            case .active: return path.suffix(from: path.firstIndex(of: key)!) + [key]
            case nil: break
            }
            visits[key] = .active
            path.append(key)
            for neighbour in neighbours(of: key).sorted() {
                if let cycle = visit(neighbour) { return cycle }
            }
            path.removeLast()
            visits[key] = .done
            order.append(key)
            return nil
        }

        for key in keys {
            if let cycle = visit(key) { return (order, cycle) }
        }
        return (order, nil)
    }
}

/// A set of functions of a sheet. A class hierarchy, so that calls are dispatched.
class Function {
    let name: String
    init(_ name: String) { self.name = name }

    func evaluate(_ values: [Double]) throws(SheetError) -> Double { fatalError("abstract") }
}

final class Fold: Function {
    private let first: Double?
    private let combine: (Double, Double) -> Double

    init(_ name: String, from first: Double? = nil, _ combine: @escaping (Double, Double) -> Double) {
        self.first = first
        self.combine = combine
        super.init(name)
    }

    override func evaluate(_ values: [Double]) throws(SheetError) -> Double {
        var rest = values[...]
        guard let start = first ?? rest.popFirst() else { throw .wrongCount(name, 0) }
        return rest.reduce(start, combine)
    }
}

final class Fixed: Function {
    private let count: Int
    private let body: ([Double]) -> Double

    init(_ name: String, count: Int, _ body: @escaping ([Double]) -> Double) {
        self.count = count
        self.body = body
        super.init(name)
    }

    override func evaluate(_ values: [Double]) throws(SheetError) -> Double {
        guard values.count == count else { throw .wrongCount(name, values.count) }
        return body(values)
    }
}

final class Mean: Function {
    override func evaluate(_ values: [Double]) throws(SheetError) -> Double {
        guard !values.isEmpty else { throw .divisionByZero }
        return values.reduce(0, +) / Double(values.count)
    }
}

struct Sheet: Graph {
    private(set) var keys: [String] = []
    private var cells: [String: Expression] = [:]
    private(set) var values: [String: Double] = [:]
    private let functions: [Function] = [
        Fold("sum", from: 0, +), Fold("min") { min($0, $1) }, Fold("max") { max($0, $1) }, Mean("mean"),
        Fixed("abs", count: 1) { $0[0].magnitude }, Fixed("if", count: 3) { $0[0] != 0 ? $0[1] : $0[2] },
    ]

    mutating func define(_ name: String, _ expression: Expression) {
        if cells.updateValue(expression, forKey: name) == nil { keys.append(name) }
    }

    func neighbours(of key: String) -> [String] {
        var names: [String] = []
        func collect(_ expression: Expression) {
            switch expression {
            case .number: break
            case .name(let name): names.append(name)
            case .negate(let inner): collect(inner)
            case .binary(_, let left, let right):
                collect(left)
                collect(right)
            case .call(_, let arguments): arguments.forEach(collect)
            }
        }
        if let expression = cells[key] { collect(expression) }
        return names
    }

    private func evaluate(_ expression: Expression) throws(SheetError) -> Double {
        switch expression {
        case .number(let value): return value
        case .name(let name):
            guard let value = values[name] else { throw .unknownName(name) }
            return value
        case .negate(let inner): return -(try evaluate(inner))
        case .binary(let operation, let left, let right): return try operation.apply(evaluate(left), evaluate(right))
        case .call(let name, let arguments):
            guard let function = functions.first(where: { $0.name == name }) else { throw .unknownFunction(name) }
            var results: [Double] = []
            for argument in arguments { results.append(try evaluate(argument)) }
            return try function.evaluate(results)
        }
    }

    /// Evaluates every cell; gives the errors by cell. Throws for a cycle.
    mutating func calculate() throws(SheetError) -> [(cell: String, error: SheetError)] {
        let (order, cycle) = ordered()
        if let cycle { throw .cycle(cycle) }
        var errors: [(cell: String, error: SheetError)] = []
        for name in order {
            guard let expression = cells[name] else { continue }
            do {
                values[name] = try evaluate(expression)
            } catch {
                errors.append((name, error))
            }
        }
        return errors
    }
}

extension SheetError {
    var text: String {
        switch self {
        case .unexpected(nil, let column): "unexpected end at \(column)"
        case .unexpected(let character?, let column): "unexpected \(character) at \(column)"
        case .unknownName(let name): "no cell \(name)"
        case .unknownFunction(let name): "no function \(name)"
        case .wrongCount(let name, let count): "\(name) does not take \(count) arguments"
        case .divisionByZero: "division by zero"
        case .cycle(let names): "cycle: " + names.joined(separator: " -> ")
        }
    }
}

@main struct Main {
    static func environment(_ name: String) -> String? {
        name.withCString { support_environment($0) }.map { String(cString: $0) }
    }

    static func format(_ value: Double, digits: Int) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
            let length = support_format(value, Int32(digits), buffer.baseAddress!, buffer.count)
            return length > 0 ? String(cString: buffer.baseAddress!) : "?"
        }
    }

    static func read(_ path: String?) -> String? {
        var size = 0
        var error: Int32 = 0
        let bytes = path.map { $0.withCString { support_read($0, &size, &error) } } ?? support_read(nil, &size, &error)
        guard let bytes else {
            print("cannot read, error \(error)")
            return nil
        }
        defer { support_free(bytes) }
        return String(decoding: UnsafeBufferPointer(start: bytes, count: size), as: UTF8.self)
    }

    static func write(_ path: String, _ text: String) -> Bool {
        var error: Int32 = 0
        var copy = text
        let written = copy.withUTF8 { bytes in
            path.withCString { support_write($0, bytes.baseAddress, bytes.count, &error) }
        }
        if !written { print("cannot write, error \(error)") }
        return written
    }

    static func run(_ text: String, output: String?) -> Int32 {
        var sheet = Sheet()
        var failed = false
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard let equals = line.firstIndex(of: "=") else { continue }
            let name = line[..<equals].filter { !$0.isWhitespace }
            do throws(SheetError) {
                sheet.define(name, try Parser.parse(line[line.index(after: equals)...]))
            } catch {
                print("line \(number + 1): \(error.text)")
                failed = true
            }
        }
        do throws(SheetError) {
            for (cell, error) in try sheet.calculate() {
                print("\(cell): \(error.text)")
                failed = true
            }
        } catch {
            print(error.text)
            return 3
        }
        let digits = environment("SHEET_DIGITS").flatMap { Int($0) } ?? 3
        var table = "cell,value\n"
        for name in sheet.keys {
            guard let value = sheet.values[name] else { continue }
            let text = format(value, digits: digits)
            print(name + String(repeating: " ", count: max(1, 12 - name.count)) + text)
            table += "\(name),\(text)\n"
        }
        let mostUsed = Dictionary(grouping: sheet.keys.flatMap { sheet.neighbours(of: $0) }) { $0 }
            .map { (name: $0.key, count: $0.value.count) }
            .sorted { $0.count != $1.count ? $0.count > $1.count : $0.name < $1.name }
        if let first = mostUsed.first { print("most used: \(first.name), \(first.count) times") }
        if let output, !write(output, table) { return 4 }
        return failed ? 1 : 0
    }

    static func main() {
        let arguments = (1..<max(1, support_argument_count())).map { String(cString: support_argument($0)!) }
        if arguments.first == "--overflow" {
            var product = Int32(arguments.count)
            for factor in 2...Int32(20) { product *= factor }
            print(product)
        }
        guard let text = read(arguments.first) else { support_exit(4) }
        support_exit(run(text, output: arguments.count > 1 ? arguments[1] : nil))
    }
}
