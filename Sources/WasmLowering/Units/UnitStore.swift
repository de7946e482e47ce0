/// Where the objects of units are kept from one compilation to the next (`CompileOptions.store`). Called from any thread.
public protocol UnitStore: Sendable {
    /// What `keep` got for an equal unit, or nil.
    func object(of unit: LoweredUnit) -> [UInt8]?
    func keep(_ object: [UInt8], of unit: LoweredUnit)
}
