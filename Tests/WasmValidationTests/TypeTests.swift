import Diagnostics
import Testing
import WasmBinary
import WasmSpec
import WasmValidation

@Suite struct TypeTests {
    private func validTypes(_ types: [[Code]]) throws -> ValidatedModule { try ModuleText(types: types).check().get() }

    /// `struct (mut (ref null X))` in a group of one, of its own or of another's index.
    @Test func equivalenceLooksThroughIndices() throws {
        let module = try validTypes([
            [[0x5F, 1, 0x63, 0, 1]], [[0x5F, 1, 0x63, 1, 1]], [[0x5F, 1, 0x63, 0, 1]],
            [[0x4E, 2, 0x5F, 1, 0x63, 4, 1, 0x5F, 1, 0x63, 3, 1]],
            [[0x4E, 2, 0x5F, 1, 0x63, 6, 1, 0x5F, 1, 0x63, 5, 1]],
        ])
        let numbers = module.canonicalTypes
        #expect(numbers[0] == numbers[1], "both refer to themselves")
        #expect(numbers[2] != numbers[0], "refers to type 0, not to itself")
        #expect(numbers[3] == numbers[5] && numbers[4] == numbers[6])
        #expect(numbers[3] != numbers[4], "places in a group differ")
        #expect(module.isSubtype(TypeIndex(3), of: TypeIndex(5)))
        #expect(!module.isSubtype(TypeIndex(3), of: TypeIndex(4)))
    }

    @Test func declaredSubtypes() throws {
        let module = try validTypes([
            [[0x50, 0, 0x5F, 0]], [[0x50, 1, 0, 0x5F, 1, 0x7F, 0]], [[0x4F, 1, 1, 0x5F, 2, 0x7F, 0, 0x78, 1]],
            [[0x5F, 0]],
        ])
        #expect(module.isSubtype(TypeIndex(2), of: TypeIndex(0)))
        #expect(!module.isSubtype(TypeIndex(0), of: TypeIndex(2)))
        #expect(!module.isSubtype(TypeIndex(3), of: TypeIndex(0)), "equal but final")
        let reference = ReferenceType(isNullable: true, .concrete(2))
        #expect(module.isSubtype(reference, of: ReferenceType(isNullable: true, .abstract(.struct))))
        #expect(!module.isSubtype(reference, of: ReferenceType(isNullable: false, .abstract(.struct))))
        #expect(module.isSubtype(.abstract(.none), of: .concrete(2)))
        #expect(!module.isSubtype(.abstract(.nofunc), of: .concrete(2)))
        #expect(module.features.contains(.gc))
    }

    @Test(
        arguments: [
            ([[[0x50, 1, 1, 0x5F, 0]]], "unknown type 1"), ([[[0x50, 1, 0, 0x5F, 0]]], "unknown type 0"),
            ([[[0x5F, 0]], [[0x50, 1, 0, 0x5F, 0]]], "sub type 1 has final super type 0"),
            ([[[0x50, 0, 0x5F, 1, 0x7F, 0]], [[0x50, 1, 0, 0x5F, 0]]], "sub type 1 does not match super type 0"),
            ([[[0x50, 0, 0x5F, 1, 0x7F, 0]], [[0x50, 1, 0, 0x5F, 1, 0x7F, 1]]], "sub type 1 does not match"),
            ([[[0x50, 0, 0x60, 0, 0]], [[0x50, 1, 0, 0x5E, 0x7F, 0]]], "sub type 1 does not match"),
            ([[[0x60, 1, 0x63, 5, 0]]], "unknown type 5"),
            (
                [[[0x50, 0, 0x5F, 0]], [[0x50, 0, 0x5F, 0]], [[0x50, 2, 0, 1, 0x5F, 0]]], "sub type 2 has more than one"
            ),
        ] as [([[Code]], String)])
    func invalidTypes(_ types: [[Code]], _ message: String) {
        let error = ModuleText(types: types).error()
        #expect(error?.hasPrefix(message) == true, "\(error ?? "valid")")
    }

    /// Numbers are shared between modules that are given to one canonicalizer.
    @Test func typesOfTwoModules() throws {
        let first = try validTypes([[[0x60, 0, 0]], [[0x60, 1, 0x7F, 0]]])
        let second = try validTypes([[[0x60, 1, 0x7F, 0]], [[0x60, 1, 0x7E, 0]], [[0x60, 0, 0]]])
        var canonicalizer = TypeCanonicalizer()
        let (numbers, others) = (canonicalizer.canonicalize(first), canonicalizer.canonicalize(second))
        #expect(numbers == [0, 1] && others == [1, 2, 0])
        #expect(canonicalizer.count == 3)
    }

    @Test func depthIsLimited() {
        func chain(_ count: UInt8) -> ModuleText {
            var types: [[Code]] = [[[0x50, 0, 0x5F, 0]]]
            for position in 1...count { types.append([[0x50, 1, position - 1, 0x5F, 0]]) }
            return ModuleText(types: types)
        }
        #expect(chain(63).error() == nil)
        #expect(chain(64).error()?.hasPrefix("sub type hierarchy too deep") == true)
    }

    @Test func printing() throws {
        #expect(
            ModuleText.function("ref.null", "anyref", "i32.eqz", "drop").error()
                == "type mismatch: instruction requires [i32] but stack has [anyref] in `i32.eqz`")
        #expect(
            ModuleText.function("ref.null", 0, "ref.as_non_null", "i32.eqz", "drop").error()
                == "type mismatch: instruction requires [i32] but stack has [(ref 0)] in `i32.eqz`")
    }
}
