import CWasmcABI
import Testing

@testable import WasmHost

/// A record is written by a program that its guest may have taken over: whatever it says, nobody reads beyond it.
struct HostRecordTests {
    private func bytes(of value: some Any) -> [UInt8] { withUnsafeBytes(of: value) { Array($0) } }

    /// A record of these entries, of which each may lie about the length of its data.
    private func record(_ entries: [(kind: wasmc_record_kind, claimed: UInt64, words: [UInt64])]) -> [UInt8] {
        var body: [UInt8] = []
        for entry in entries {
            var head = wasmc_record_entry()
            head.kind = entry.kind.rawValue
            head.data_bytes = entry.claimed
            body += bytes(of: head) + entry.words.flatMap { bytes(of: $0) }
        }
        var header = wasmc_record_header()
        header.used_bytes = UInt64(MemoryLayout<wasmc_record_header>.size + body.count)
        return bytes(of: header) + body
    }

    @Test(arguments: [8 * 65, 1 << 32, .max - 7, .max] as [UInt64])
    func anEntryThatIsNotWholeEndsTheRecord(_ claimed: UInt64) {
        record([(WASMC_RECORD_RESULTS, claimed, Array(repeating: 1, count: 64))]).withUnsafeBytes {
            #expect(HostRecord($0).next == nil)
        }
    }

    @Test func aRecordThatIsShorterThanItSaysIsReadToItsEnd() {
        let whole = record([(WASMC_RECORD_RESULTS, 16, [1, 2]), (WASMC_RECORD_END, 0, [])])
        for count in 0..<whole.count {
            whole.prefix(count).withUnsafeBytes {
                var record = HostRecord($0)
                while record.take() != nil {}
                #expect(record.next == nil)
            }
        }
    }

    @Test func onlyAsManyResultsAreComparedAsThereAre() {
        let slots: [UInt64] = [7, 0]
        for (words, isEqual) in [([7, 0], true), ([7], false), (Array(repeating: 7, count: 4096), false)]
            as [([UInt64], Bool)]
        {
            record([(WASMC_RECORD_RESULTS, UInt64(8 * words.count), words)]).withUnsafeBytes { bytes in
                let end = slots.withUnsafeBufferPointer { Replay(HostRecord(bytes)).compareResults($0) }
                #expect((end == nil) == isEqual)
            }
        }
    }
}
