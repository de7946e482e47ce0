// Types. A pointer of the guest is no pointer of the machine: it is a class of one number, which a script for the debugger
// knows how to follow. Specification: https://llvm.org/docs/LangRef.html#dicompositetype

extension MetadataWriter {
    /// Types of one partition.
    private static let typeLimit = 100_000
    /// Modifiers, one on the other: `const`, names, arrays.
    private static let modifierLimit = 32
    /// Bits of the largest thing that debug information can be about, so that sums do not overflow.
    private static let sizeLimit: UInt64 = 1 << 40

    // MARK: References

    /// The type of an entry: a variable's, a member's. Nil for none, as in `void`.
    private mutating func typeOf(_ entry: DebugEntryID, _ info: DebugInfo) -> Node? {
        typeEntry(of: entry, info).flatMap { type($0, info) }
    }

    private func typeEntry(of entry: DebugEntryID, _ info: DebugInfo) -> DebugEntryID? {
        guard case .reference(let offset)? = info.entries.inheritedValue(entry, .type)?.value else { return nil }
        return info.entries.entry(atOffset: offset)
    }

    /// The type of something that has a value; one that says nothing for none.
    mutating func typeOfValue(_ entry: DebugEntryID, _ info: DebugInfo) -> Node {
        // LLVM takes constants for numbers.
        guard let type = typeEntry(of: entry, info), let end = unmodified(type, info),
            info.entries.tag(end) != .subroutineType
        else { return unspecified("void") }
        return self.type(type, info) ?? unspecified("void")
    }

    /// The node of a type; nil for what is none, and beyond the limits.
    mutating func type(_ entry: DebugEntryID, _ info: DebugInfo) -> Node? {
        if let known = types[entry] { return known }
        guard Self.isType(info.entries.tag(entry)), unmodified(entry, info) != nil, types.count < Self.typeLimit,
            !text.isFull
        else { return nil }
        let node = text.reserve()
        types[entry] = node
        unwritten.append(entry)
        return node
    }

    private static func isType(_ tag: DWARFTag) -> Bool {
        switch tag {
        case .baseType, .pointerType, .referenceType, .rvalueReferenceType, .structureType, .classType, .unionType,
            .enumerationType, .subroutineType, .unspecifiedType:
            true
        default: isModifier(tag)
        }
    }

    private static func isModifier(_ tag: DWARFTag) -> Bool {
        [.typedef, .constType, .volatileType, .restrictType, .atomicType, .arrayType].contains(tag)
    }

    /// What a type is behind its modifiers. Nil when there is no end of them, where LLVM would look for it forever.
    private func unmodified(_ entry: DebugEntryID, _ info: DebugInfo) -> DebugEntryID? {
        var entry = entry
        for _ in 0..<Self.modifierLimit {
            guard Self.isModifier(info.entries.tag(entry)), let next = typeEntry(of: entry, info) else { return entry }
            entry = next
        }
        return nil
    }

    private mutating func unspecified(_ name: String) -> Node {
        common(name, "!DIBasicType(tag: DW_TAG_unspecified_type, name: \(MetadataText.quoted(name)))")
    }

    private mutating func common(_ name: String, _ body: String) -> Node {
        if let known = commonTypes[name] { return known }
        let node = text.node(body)
        commonTypes[name] = node
        return node
    }

    mutating func subroutineType(_ entry: DebugEntryID, _ info: DebugInfo) -> Node {
        text.node("!DISubroutineType(types: \(signature(entry, info).reference))")
    }

    /// The result's type and the parameters'.
    private mutating func signature(_ entry: DebugEntryID, _ info: DebugInfo) -> Node {
        var list = [typeOf(entry, info)?.reference ?? "null"]
        for child in info.entries.children(entry) where info.entries.tag(child) == .formalParameter {
            list.append(typeOf(child, info)?.reference ?? unspecified("void").reference)
        }
        return text.node("!{" + list.joined(separator: ", ") + "}")
    }

    // MARK: Definitions

    /// Writes the types that something refers to, and those that these do.
    mutating func writeTypes() {
        guard let info else { return }
        while let entry = unwritten.popLast() {
            guard let node = types[entry] else { continue }
            text.define(node, definition(of: entry, node, info))
        }
    }

    private mutating func definition(of entry: DebugEntryID, _ node: Node, _ info: DebugInfo) -> String {
        let tag = info.entries.tag(entry)
        let name = MetadataText.field("name", text.name(info.entries.text(entry, .name)))
        switch tag {
        case .baseType:
            let encoding = min(info.entries.number(entry, .encoding) ?? 7, 0xFF)
            return "!DIBasicType(\(name)size: \(size(entry, info)), encoding: \(encoding))"
        case .pointerType, .referenceType, .rvalueReferenceType: return pointer(entry, node, info)
        case .typedef: return modifier("DW_TAG_typedef", name, entry, info)
        case .constType: return modifier("DW_TAG_const_type", "", entry, info)
        case .volatileType: return modifier("DW_TAG_volatile_type", "", entry, info)
        case .restrictType: return modifier("DW_TAG_restrict_type", "", entry, info)
        case .atomicType: return modifier("DW_TAG_atomic_type", "", entry, info)
        case .arrayType: return array(entry, info)
        case .enumerationType: return enumeration(name, entry, info)
        case .subroutineType: return "!DISubroutineType(types: \(signature(entry, info).reference))"
        case .structureType: return structure("DW_TAG_structure_type", name, entry, node, info)
        case .classType: return structure("DW_TAG_class_type", name, entry, node, info)
        case .unionType: return structure("DW_TAG_union_type", name, entry, node, info)
        default:
            return "!DIBasicType(tag: DW_TAG_unspecified_type, "
                + (name.isEmpty ? "name: \"(unspecified)\"" : String(name.dropLast(2))) + ")"
        }
    }

    private mutating func modifier(_ tag: String, _ name: String, _ entry: DebugEntryID, _ info: DebugInfo) -> String {
        "!DIDerivedType(tag: \(tag), \(name)baseType: \(typeOf(entry, info)?.reference ?? "null"))"
    }

    /// `struct T * { guest_address_10000 __guest; static T __target; }`: a number, whose type tells the host address that it
    /// counts from, and what it leads to. No form of DWARF says that in words that debuggers know.
    private mutating func pointer(_ entry: DebugEntryID, _ node: Node, _ info: DebugInfo) -> String {
        let size = min(max(self.size(entry, info), UInt64(info.entries.unit(entry).addressSize) * 8), 64)
        let target = typeOf(entry, info)
        let number = common(
            "address \(size)",
            "!DIBasicType(name: \"guest_address_\(String(memoryBase, radix: 16))\", size: \(size), "
                + "encoding: DW_ATE_unsigned)")
        let member = text.node(
            "!DIDerivedType(tag: DW_TAG_member, name: \"__guest\", scope: \(node.reference), "
                + "baseType: \(number.reference), size: \(size))")
        let to = text.node(
            "!DIDerivedType(tag: DW_TAG_member, name: \"__target\", scope: \(node.reference), "
                + "baseType: \((target ?? unspecified("void")).reference), flags: DIFlagStaticMember)")
        let elements = text.tuple([member, to])
        return "!DICompositeType(tag: DW_TAG_structure_type, "
            + MetadataText.field("name", text.name(typeName(entry, info))) + "size: \(size), "
            + "elements: \(elements.reference))"
    }

    private mutating func array(_ entry: DebugEntryID, _ info: DebugInfo) -> String {
        var ranges: [Node] = []
        for child in info.entries.children(entry) where info.entries.tag(child) == .subrangeType {
            let count = elementCount(child, info).map { Int64($0) } ?? -1
            ranges.append(text.node("!DISubrange(count: \(count))"))
        }
        let base = typeOf(entry, info) ?? unspecified("void")
        return "!DICompositeType(tag: DW_TAG_array_type, baseType: \(base.reference), size: \(size(entry, info)), "
            + "elements: \(text.tuple(ranges).reference))"
    }

    private mutating func enumeration(_ name: String, _ entry: DebugEntryID, _ info: DebugInfo) -> String {
        var elements: [Node] = []
        for child in info.entries.children(entry) where info.entries.tag(child) == .enumerator && !text.isFull {
            guard let value = constant(child, .constantValue, info) else { continue }
            let element = MetadataText.field("name", text.name(info.entries.text(child, .name)) ?? "?")
            elements.append(text.node("!DIEnumerator(\(element)value: \(value))"))
        }
        var base = ""
        if let type = typeEntry(of: entry, info), let end = unmodified(type, info),
            info.entries.tag(end) == .baseType, let node = self.type(type, info)
        {
            base = "baseType: \(node.reference), "
        }
        let scope = MetadataText.field("scope", scope(of: entry, info))
        return "!DICompositeType(tag: DW_TAG_enumeration_type, \(name)\(scope)\(base)size: \(size(entry, info)), "
            + "elements: \(text.tuple(elements).reference))"
    }

    /// A constant as a node has it: digits, with a note for those that are too large for a sign.
    private func constant(_ entry: DebugEntryID, _ name: DWARFAttribute, _ info: DebugInfo) -> String? {
        switch info.entries.value(entry, name) {
        case .signed(let value): "\(value)"
        case .unsigned(let value): value <= UInt64(Int64.max) ? "\(value)" : "\(value), isUnsigned: true"
        default: nil
        }
    }

    // MARK: Structures

    private mutating func structure(
        _ tag: String, _ name: String, _ entry: DebugEntryID, _ node: Node, _ info: DebugInfo
    ) -> String {
        var elements: [Node] = []
        for child in info.entries.children(entry) where !text.isFull {
            switch info.entries.tag(child) {
            case .member: if let member = member(child, of: node, info) { elements.append(member) }
            case .inheritance:
                guard let base = typeOf(child, info) else { continue }
                elements.append(
                    text.node(
                        "!DIDerivedType(tag: DW_TAG_inheritance, scope: \(node.reference), "
                            + "baseType: \(base.reference), offset: \(offset(child, info)))"))
            case .variantPart: elements.append(variants(child, of: node, info))
            default: continue
            }
        }
        let scope = MetadataText.field("scope", scope(of: entry, info))
        let isDeclaration = info.entries.value(entry, .declaration) != nil
        return "!DICompositeType(tag: \(tag), \(name)\(scope)size: \(size(entry, info)), "
            + "elements: \(text.tuple(elements).reference)" + (isDeclaration ? ", flags: DIFlagFwdDecl" : "") + ")"
    }

    /// A member, in a structure or a variant; nil for a static one.
    private mutating func member(
        _ entry: DebugEntryID, of owner: Node, _ info: DebugInfo, discriminant: String = ""
    ) -> Node? {
        guard info.entries.value(entry, .declaration) == nil, let type = typeEntry(of: entry, info) else { return nil }
        let size = size(type, info)
        var (place, width, flags) = (offset(entry, info), size, "")
        if let bits = info.entries.number(entry, .bitSize), bits <= size {
            if let bitOffset = info.entries.number(entry, .dataBitOffset) {
                place = min(bitOffset, Self.sizeLimit)
            } else if let fromTop = info.entries.number(entry, .bitOffset), fromTop + bits <= size {
                place += size - fromTop - bits
            }
            width = bits
            flags = ", flags: DIFlagBitField, extraData: i64 \(size == 0 ? 0 : place / size * size)"
        }
        return text.node(
            "!DIDerivedType(tag: DW_TAG_member, "
                + MetadataText.field("name", text.name(info.entries.text(entry, .name)))
                + "scope: \(owner.reference), baseType: \(typeOfValue(entry, info).reference), size: \(width), "
                + "offset: \(place)\(flags)\(discriminant))")
    }

    /// Variants of which one is there, by the value of a member: what Rust's enumerations are.
    private mutating func variants(_ entry: DebugEntryID, of owner: Node, _ info: DebugInfo) -> Node {
        let node = text.reserve()
        var elements: [Node] = []
        var discriminator = ""
        if case .reference(let offset)? = info.entries.value(entry, .discriminant),
            let member = info.entries.entry(atOffset: offset), info.entries.tag(member) == .member,
            let discriminant = self.member(member, of: owner, info, discriminant: ", flags: DIFlagArtificial")
        {
            discriminator = ", discriminator: \(discriminant.reference)"
        }
        for variant in info.entries.children(entry) where info.entries.tag(variant) == .variant {
            let value = constant(variant, .discriminantValue, info)?.split(separator: ",").first
            for child in info.entries.children(variant) where info.entries.tag(child) == .member && !text.isFull {
                let data = value.map { ", extraData: i64 \(Int64(bitPattern: Self.bits($0)))" } ?? ""
                if let member = member(child, of: node, info, discriminant: data) { elements.append(member) }
            }
        }
        text.define(
            node,
            "!DICompositeType(tag: DW_TAG_variant_part, scope: \(owner.reference), "
                + "elements: \(text.tuple(elements).reference)\(discriminator))")
        return node
    }

    private static func bits(_ text: Substring) -> UInt64 {
        UInt64(text) ?? Int64(text).map { UInt64(bitPattern: $0) } ?? 0
    }

    // MARK: Sizes

    /// Bits from the start of a structure.
    private func offset(_ entry: DebugEntryID, _ info: DebugInfo) -> UInt64 {
        switch info.entries.value(entry, .dataMemberLocation) {
        case .unsigned(let bytes): return min(bytes, Self.sizeLimit / 8) * 8
        case .signed(let bytes) where bytes >= 0: return min(UInt64(bytes), Self.sizeLimit / 8) * 8
        case .block(let range):
            // DW_OP_plus_uconst, as old compilers write it.
            var reader = info.entries.sections.reader(range)
            guard (try? reader.u8()) == 0x23, let bytes = try? reader.uleb128() else { return 0 }
            return min(bytes, Self.sizeLimit / 8) * 8
        default: return 0
        }
    }

    /// Bits of a value of a type.
    private func size(_ entry: DebugEntryID, _ info: DebugInfo) -> UInt64 {
        var entry = entry
        var count: UInt64 = 1
        for _ in 0..<Self.modifierLimit {
            if let bytes = info.entries.number(entry, .byteSize) {
                return min(
                    min(bytes, Self.sizeLimit).multipliedReportingOverflow(by: 8 * count).partialValue, Self.sizeLimit)
            }
            let tag = info.entries.tag(entry)
            if [.pointerType, .referenceType, .rvalueReferenceType].contains(tag) {
                return min(UInt64(info.entries.unit(entry).addressSize) * 8 * count, Self.sizeLimit)
            }
            if tag == .arrayType {
                for child in info.entries.children(entry) where info.entries.tag(child) == .subrangeType {
                    count = min(count * min(elementCount(child, info) ?? 0, 1 << 20), 1 << 20)
                }
            }
            guard Self.isModifier(tag), let next = typeEntry(of: entry, info) else { return 0 }
            entry = next
        }
        return 0
    }

    /// Elements of one dimension of an array; nil when not known.
    private func elementCount(_ entry: DebugEntryID, _ info: DebugInfo) -> UInt64? {
        if let count = info.entries.number(entry, .count) { return min(count, Self.sizeLimit) }
        if let last = info.entries.number(entry, .upperBound), last < Self.sizeLimit { return last + 1 }
        return nil
    }

    // MARK: Names

    /// The name of a pointer, as C writes it when it has none.
    private func typeName(_ entry: DebugEntryID, _ info: DebugInfo) -> String {
        var suffix = ""
        var entry = entry
        for _ in 0..<DebugInfoLimits.references {
            if let name = info.entries.text(entry, .name) { return name + suffix }
            switch info.entries.tag(entry) {
            case .pointerType: suffix = (suffix.isEmpty ? " *" : "*") + suffix.trimmedStart
            case .referenceType: suffix = " &" + suffix.trimmedStart
            case .rvalueReferenceType: suffix = " &&" + suffix.trimmedStart
            case .constType: suffix = " const" + suffix
            case .volatileType: suffix = " volatile" + suffix
            case .arrayType: suffix = "[]" + suffix
            case .subroutineType: return "function" + suffix
            case .structureType, .classType, .unionType, .enumerationType: return "(unnamed)" + suffix
            default: break
            }
            guard let next = typeEntry(of: entry, info) else { return "void" + suffix }
            entry = next
        }
        return "(type)" + suffix
    }
}

extension String {
    fileprivate var trimmedStart: String { String(drop { $0 == " " }) }
}
