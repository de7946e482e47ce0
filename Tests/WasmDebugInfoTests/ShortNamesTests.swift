import Testing

@testable import WasmDebugInfo

@Suite struct ShortNamesTests {
    @Test(arguments: [
        ("main", "main"),
        ("core::ops::function::FnOnce::call_once<fn(), ()>", "core::ops::function::FnOnce::call_once"),
        ("std::vector<int, std::allocator<int> >::push_back", "std::vector::push_back"),
        ("core::iter::map<u32, fn(u32) -> u64>::{closure#0}<()>", "core::iter::map::{closure#0}"),
        ("shop::operator<", "shop::operator<"),
        ("shop::operator<<", "shop::operator<<"),
        ("shop::operator->", "shop::operator->"),
        ("shop::operator>", "shop::operator>"),
        // What is no list of types, and what is damaged, stays.
        ("<u32 as core::fmt::Display>::fmt", "<u32 as core::fmt::Display>::fmt"),
        ("shop::<unnamed>::f", "shop::<unnamed>::f"),
        ("f<int", "f<int"),
        ("f>", "f>"),
        ("", ""),
    ])
    func typesAreLeftOut(name: String, short: String) { #expect(ShortNames.short(name) == short) }
}
