// Custom sections are kept by name and place. What is inside of the known ones is read by who wants it
// (NameSection, ProducersSection, ...) and is never an error of the module.
// Spec: https://webassembly.github.io/spec/core/binary/modules.html#custom-section

import Diagnostics
import WasmSpec

extension ModuleReader {
    mutating func customSection(_ contents: Range<Int>, after section: SectionID) throws(Diagnostic) {
        var inner = try reader.sub(contents.count)
        let name = try inner.name()
        module.customSections.append(
            CustomSection(
                name: name, contents: inner.position..<contents.upperBound, afterSection: section.rawValue))
    }
}
