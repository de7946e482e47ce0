import Testing
import WasmSpec

@testable import WasmInterpreter

/// Objects and their collection.
@Suite struct HeapTests {
    private func fixture(heapBytes: Int) -> Fixture {
        var configuration = Store.Configuration()
        configuration.heapBytes = heapBytes
        return Fixture(configuration)
    }

    private let list = """
        (module
          (type $node (struct (field $next (mut (ref null $node))) (field $value i32)))
          (type $bytes (array (mut i8)))
          (global $kept (mut (ref null $node)) (ref.null $node))
          (table $table 1 (ref null $node))
          ;; Makes lists of `length` nodes, `count` times; keeps the last one.
          (func (export "churn") (param $count i32) (param $length i32)
            (local $left i32) (local $head (ref null $node))
            (loop $lists
              (local.set $head (ref.null $node))
              (local.set $left (local.get $length))
              (loop $nodes
                (local.set $head (struct.new $node (local.get $head) (local.get $left)))
                (local.set $left (i32.sub (local.get $left) (i32.const 1)))
                (br_if $nodes (local.get $left)))
              (global.set $kept (local.get $head))
              (table.set $table (i32.const 0) (local.get $head))
              (local.set $count (i32.sub (local.get $count) (i32.const 1)))
              (br_if $lists (local.get $count))))
          (func (export "sum") (result i32)
            (local $node (ref null $node)) (local $sum i32)
            (local.set $node (global.get $kept))
            (block $end
              (loop $next
                (br_if $end (ref.is_null (local.get $node)))
                (local.set $sum (i32.add (local.get $sum) (struct.get $node $value (local.get $node))))
                (local.set $node (struct.get $node $next (local.get $node)))
                (br $next)))
            (local.get $sum))
          (func (export "drop") (global.set $kept (ref.null $node)) (table.set $table (i32.const 0) (ref.null $node)))
          (func (export "node") (param i32) (result (ref $node)) (struct.new $node (ref.null $node) (local.get 0)))
          (func (export "value") (param (ref $node)) (result i32) (struct.get $node $value (local.get 0)))
          (func (export "bytes") (param i32) (result i32) (array.len (array.new_default $bytes (local.get 0))))
          (func (export "largeArrays") (param i32)
            (loop (drop (array.new_default $bytes (i32.const 1000000)))
              (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
        """

    @Test func garbageIsReusedAndLiveObjectsSurvive() throws {
        // 100 lists of 32 MB altogether do not fit, one does many times.
        let instance = try fixture(heapBytes: 64 << 20).instantiate(list)
        _ = try instance.call("churn", .i32(1000), .i32(10_000))
        #expect(try instance.call("sum") == [.i32(10_000 * 10_001 / 2)])
    }

    @Test func collectionFreesWhatNothingRefersTo() throws {
        let fixture = fixture(heapBytes: 1 << 30)
        let instance = try fixture.instantiate(list)
        _ = try instance.call("churn", .i32(1), .i32(100_000))
        fixture.store.collectGarbage()
        #expect(fixture.store.heapBytes >= 100_000 * 32)
        #expect(try instance.call("sum") == [.i32(Int32(truncatingIfNeeded: 100_000 * 100_001 / 2))])
        _ = try instance.call("drop")
        fixture.store.collectGarbage()
        #expect(fixture.store.heapBytes == 0)
    }

    @Test func hostReferencesKeepObjects() throws {
        let fixture = fixture(heapBytes: 1 << 20)
        let instance = try fixture.instantiate(list)
        var node = try instance.call("node", .i32(7))
        fixture.store.collectGarbage()
        #expect(fixture.store.heapBytes > 0)
        #expect(try instance.call("value", node[0]) == [.i32(7)])
        node = []
        fixture.store.collectGarbage()
        #expect(fixture.store.heapBytes == 0)
    }

    @Test func fullHeapTraps() throws {
        let instance = try fixture(heapBytes: 8 << 20).instantiate(list)
        #expect(instance.trap("churn", .i32(1), .i32(1_000_000))?.kind == .gcHeapExhausted)
        #expect(instance.trap("bytes", .i32(-1))?.kind == .gcHeapExhausted)
        _ = try instance.call("drop")
        _ = try instance.call("churn", .i32(1), .i32(1000))
        #expect(try instance.call("sum") == [.i32(500_500)])
    }

    @Test func largeArraysAreFreed() throws {
        let instance = try fixture(heapBytes: 8 << 20).instantiate(list)
        _ = try instance.call("largeArrays", .i32(1000))
    }

    @Test func exceptionsAreCollected() throws {
        let instance = try fixture(heapBytes: 1 << 20).instantiate(
            """
            (module (tag $tag (param i64 i64 i64))
              (func (export "f") (param i32)
                (loop
                  (block $caught (result i64 i64 i64)
                    (try_table (catch $tag $caught) (throw $tag (i64.const 1) (i64.const 2) (i64.const 3)))
                    (unreachable))
                  drop drop drop
                  (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
            """)
        _ = try instance.call("f", .i32(100_000))
    }
}
