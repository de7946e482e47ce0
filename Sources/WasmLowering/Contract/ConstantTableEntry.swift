/// An entry of a table that nothing changes. Compiled code alone reads it, so that it stands in no header.
struct ConstantTableEntry {
    var code: UnsafeRawPointer?
    /// `InstancePlan.typeID`; 0 for a null reference, which is of no type.
    var typeID: UInt64
}
