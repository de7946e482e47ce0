import Glibc
import Testing
import WasmSpec
import WasmValidation

@testable import WasmInterpreter

/// Memories and tables, and memories that threads share.
@Suite struct MemoryTests {
    @Test func growthRespectsTheMaximum() throws {
        let type = MemoryType(addressType: .i32, limits: Limits(minimum: 1, maximum: 3))
        let memory = try #require(MemoryInstance(type))
        #expect(memory.grow(byPages: 1) == 1)
        #expect(memory.grow(byPages: 2) == nil)
        #expect(memory.grow(byPages: .max) == nil)
        #expect(memory.grow(byPages: 1) == 2)
        #expect(memory.bytes.count == 3 * 65536)
        memory.bytes[3 * 65536 - 1] = 1
    }

    @Test func hugeMemoriesAreRefused() {
        let type = MemoryType(addressType: .i64, limits: Limits(minimum: 1 << 48))
        #expect(MemoryInstance(type) == nil)
    }

    @Test func fourGibibytesCanBeAddressedToTheLastByte() throws {
        let instance = try Fixture().instantiate(
            """
            (module (memory 65536)
              (func (export "store") (param i32) (i32.store8 offset=1 (local.get 0) (i32.const 7)))
              (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
              (func (export "far") (param i32) (result i32) (i32.load8_u offset=0xFFFFFFFF (local.get 0))))
            """)
        _ = try instance.call("store", .i32(-2))
        #expect(try instance.call("load", .i32(-1)) == [.i32(7)])
        #expect(try instance.call("far", .i32(0)) == [.i32(7)])
        #expect(instance.trap("far", .i32(1))?.kind == .outOfBoundsMemoryAccess)
    }

    @Test func tablesGrowUpToTheirLimits() throws {
        let type = TableType(addressType: .i32, limits: Limits(minimum: 1, maximum: 5), element: .funcref)
        let element = CanonicalReferenceType(ReferenceType.funcref, typeNumbers: [])
        let table = try #require(TableInstance(type, matchedElement: element, value: 0))
        #expect(table.grow(by: 4, value: 8) == 1)
        #expect(table.grow(by: 1, value: 8) == nil)
        #expect(table.record.pointee.elements[4] == 8)
        #expect(table.type.limits.minimum == 5)
    }

    // MARK: Threads

    private let waiting = """
        (module (import "host" "memory" (memory 1 4 shared))
          (func (export "wait") (param i64) (result i32)
            (memory.atomic.wait32 (i32.const 0) (i32.const 0) (local.get 0)))
          (func (export "notify") (result i32) (memory.atomic.notify (i32.const 0) (i32.const 10)))
          (func (export "add") (param i32)
            (loop (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
              (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
          (func (export "grow") (result i32) (memory.grow (i32.const 1)))
          (func (export "far") (result i32) (i32.load8_u (i32.const 0x10000))))
        """

    private func instance(_ memory: MemoryInstance) throws -> (Store, ModuleInstance) {
        let fixture = Fixture()
        let module = try fixture.module(waiting)
        let instance = try instantiate(module, imports: { _, _ in .memory(memory) }, in: fixture.store)
        return (fixture.store, instance)
    }

    private func sharedMemory() throws -> MemoryInstance {
        let type = MemoryType(addressType: .i32, limits: Limits(minimum: 1, maximum: 4), isShared: true)
        return try #require(MemoryInstance(type))
    }

    /// Runs a function on a thread of its own.
    private final class Thread {
        private final class Body {
            let run: () -> Void
            init(_ run: @escaping () -> Void) { self.run = run }
        }

        private var thread = pthread_t()

        init(_ run: @escaping () -> Void) {
            let argument = Unmanaged.passRetained(Body(run))
            let status = pthread_create(
                &thread, nil,
                { argument in
                    if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
                    return nil
                }, argument.toOpaque())
            precondition(status == 0)
        }

        func join() { pthread_join(thread, nil) }
    }

    @Test func notifyWakesTheThreadsThatWait() throws {
        let memory = try sharedMemory()
        let (store, waker) = try instance(memory)
        let (waiterStore, waiter) = try instance(memory)
        var outcome: [Value] = []
        let thread = Thread { outcome = (try? waiter.call("wait", .i64(-1))) ?? [] }
        while try waker.call("notify") == [.i32(0)] { usleep(1000) }
        thread.join()
        #expect(outcome == [.i32(0)])
        withExtendedLifetime((store, waiterStore)) {}
    }

    @Test func waitTimesOutAndSeesOtherValues() throws {
        let memory = try sharedMemory()
        let (store, waiter) = try instance(memory)
        #expect(try waiter.call("wait", .i64(1_000_000)) == [.i32(2)])
        memory.bytes[0] = 1
        #expect(try waiter.call("wait", .i64(-1)) == [.i32(1)])
        withExtendedLifetime(store) {}
    }

    @Test func atomicAdditionsOfThreadsAddUp() throws {
        let memory = try sharedMemory()
        let pairs = try (0..<4).map { _ in try instance(memory) }
        let threads = pairs.map { _, instance in Thread { _ = try? instance.call("add", .i32(10_000)) } }
        for thread in threads { thread.join() }
        #expect(memory.bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self) == 40_000)
        withExtendedLifetime(pairs) {}
    }

    @Test func growthOfAnotherStoreIsSeen() throws {
        let memory = try sharedMemory()
        let (store, first) = try instance(memory)
        let (otherStore, second) = try instance(memory)
        #expect(first.trap("far")?.kind == .outOfBoundsMemoryAccess)
        #expect(try second.call("grow") == [.i32(1)])
        #expect(try first.call("far") == [.i32(0)])
        withExtendedLifetime((store, otherStore)) {}
    }
}
