import Diagnostics
import Testing

@Suite struct HostTextTests {
    private static let samples: [[UInt8]] = [
        [], [0x61], [0xFF], [0xC3, 0xA9], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xC0, 0x80],
        [0xF5, 0x80, 0x80, 0x80],
        [0xF4, 0x8F, 0xBA, 0x80], [0xF4, 0x8F, 0xBB, 0xBF], [0xF4, 0x8F, 0xBA, 0x7F], [0x61, 0xFE, 0x2F, 0x80, 0x62],
    ]

    @Test(arguments: samples) func bytesComeBack(_ bytes: [UInt8]) {
        #expect(HostText.bytes(HostText.text(bytes)) == bytes)
    }

    @Test func everyShortSequenceComesBack() {
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                for bytes in [[first, second], [0xF4, 0x8F, first, second], [first, second, 0x61]] {
                    #expect(HostText.bytes(HostText.text(bytes)) == bytes)
                }
            }
        }
    }

    @Test func textIsItself() {
        #expect(HostText.text(Array("é€😀/a=b".utf8)) == "é€😀/a=b")
        #expect(HostText.bytes("é€😀") == Array("é€😀".utf8))
    }

    /// What was cut and joined as text is what the bytes would have been.
    @Test func partsStayApart() {
        let text = HostText.text([0x2D, 0x2D, 0xFF, 0x3D, 0x80, 0x2F, 0xFE])
        let parts = text.split(separator: "=")
        #expect(parts.map { HostText.bytes(String($0)) } == [[0x2D, 0x2D, 0xFF], [0x80, 0x2F, 0xFE]])
        #expect(escaped(text) == "--\\xff=\\x80/\\xfe")
    }
}
