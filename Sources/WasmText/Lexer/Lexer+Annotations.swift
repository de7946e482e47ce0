// Annotations: `(@id ...)` with balanced parentheses. Those that are not known are white space.
// Spec: https://webassembly.github.io/spec/core/text/lexical.html#annotations

extension Lexer {
    /// Reads an annotation; its tokens are kept if it is known.
    mutating func annotation(_ text: UnsafeBufferPointer<UInt8>) {
        let start = position
        position += 2
        guard let name = annotationName(text, start) else { return }
        let kind = Annotation.Kind(rawValue: String(decoding: name, as: UTF8.self))
        // The contents become tokens like all others, and are then moved away.
        let nextToken = tokens.count
        let errorCount = errors.count
        readAnnotation(text, start)
        if errors.count > errorCount {
            let ill = tokens[nextToken...].filter { $0.kind == .error }
            tokens.removeSubrange(nextToken...)
            tokens.append(contentsOf: ill)
            return
        }
        if let kind {
            let first = annotationTokens.count
            annotationTokens.append(contentsOf: tokens[nextToken...])
            annotations.append(
                Annotation(
                    kind: kind, offset: UInt32(start), nextToken: nextToken,
                    contents: first..<annotationTokens.count))
        }
        tokens.removeSubrange(nextToken...)
    }

    /// The id behind `(@`: identifier characters or a string.
    private mutating func annotationName(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> [UInt8]? {
        let idStart = position
        let errorCount = errors.count
        let tokenCount = tokens.count
        guard let shape = scanWord(text) else {
            // `(@` before something that is no string has no id.
            errors.removeSubrange(errorCount...)
            tokens.removeSubrange(tokenCount...)
            fail("empty annotation id", at: start)
            return nil
        }
        let id = slice(text, idStart..<position)
        switch shape {
        case .plain where !id.isEmpty: return Array(id)
        case .string(let hasEscapes) where id.count > 2:
            let contents = slice(id, 1..<(id.count - 1))
            let name = hasEscapes ? unescaped(contents) : Array(contents)
            if isWellFormedUTF8(name) { return name }
            fail("malformed UTF-8 encoding", at: idStart)
            return nil
        default:
            fail("empty annotation id", at: start)
            return nil
        }
    }

    /// Reads tokens up to the parenthesis that closes the annotation that began at `start`.
    private mutating func readAnnotation(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) {
        let errorCount = errors.count
        var depth = 1
        while position < text.count {
            let tokenStart = position
            let byte = text[position]
            let following = position + 1 < text.count ? text[position + 1] : 0
            switch byte {
            case UInt8(ascii: "(") where following != UInt8(ascii: ";"):
                // An annotation in an annotation is only parentheses.
                depth += 1
                append(.leftParenthesis, tokenStart, tokenStart + 1)
            case UInt8(ascii: ")"):
                depth -= 1
                position += 1
                if depth == 0 { return }
                append(.rightParenthesis, tokenStart, tokenStart + 1)
            default:
                if let shape = annotationWord(text) {
                    let kind: Token.Kind = if case .string = shape { .string } else { .unknown }
                    append(kind, tokenStart, position, 1)
                }
            }
            // One error is enough to refuse it.
            if errors.count > errorCount { return }
        }
        fail("unclosed annotation", at: start)
    }

    /// A word inside an annotation, or nil after white space, a comment or an error.
    private mutating func annotationWord(_ text: UnsafeBufferPointer<UInt8>) -> WordShape? {
        switch Lexer.classes[Int(text[position])] {
        case .idchar, .quote: return scanWord(text)
        case .punctuation where !startsComment(text):
            position += 1
            return .mixed
        default:
            next(text)
            return nil
        }
    }

    private func startsComment(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard position + 1 < text.count else { return false }
        return text[position + 1] == UInt8(ascii: ";")
            && (text[position] == UInt8(ascii: "(") || text[position] == UInt8(ascii: ";"))
    }
}
