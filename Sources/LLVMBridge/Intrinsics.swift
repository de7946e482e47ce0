import CLLVM

/// What distinguishes the declarations of intrinsics in one module.
struct IntrinsicKey: Hashable {
    let name: String
    let types: [IRType]
}

extension IRModule {
    /// The declaration of an intrinsic, such as `intrinsic("llvm.fptosi.sat", [i32, f32])`.
    ///
    /// - Parameter types: the types that the name is overloaded on, in the order in which they follow it in IR;
    ///   empty for an intrinsic that is not overloaded. Wrong ones give a declaration that fails verification.
    ///
    /// A name that LLVM does not know ends the process: names are literals of the compiler.
    public func intrinsic(_ name: String, _ types: [IRType] = []) -> IRFunction {
        let key = IntrinsicKey(name: name, types: types)
        if let known = intrinsics[key] { return known }
        let id = withUTF8(name) { LLVMLookupIntrinsicID($0, $1) }
        precondition(id != 0, "LLVM has no intrinsic \(name)")
        precondition(Bool(LLVMIntrinsicIsOverloaded(id)) == !types.isEmpty, "wrong overload types for \(name)")
        let function = withReferences(types) { IRFunction(LLVMGetIntrinsicDeclaration(ref, id, $0, $1)) }
        intrinsics[key] = function
        return function
    }
}

extension IRBuilder {
    /// Calls an intrinsic; see `IRModule.intrinsic`.
    @discardableResult
    public func intrinsic(
        _ intrinsicName: String, _ types: [IRType] = [], _ arguments: [IRValue], name: String = ""
    ) -> IRValue {
        call(module.intrinsic(intrinsicName, types), arguments, name: name)
    }
}
