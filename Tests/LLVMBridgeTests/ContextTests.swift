import Testing

@testable import LLVMBridge

@Suite struct ContextTests {
    @Test func libraryIsLLVM22() {
        #expect(LLVMLibrary.version.hasPrefix("22."))
        #expect(LLVMLibrary.isPrepared)
    }
}
