import Glibc

/// A thread of the system's, which either `join` or `detach` is called of.
public struct SystemThread: Sendable {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let thread: pthread_t

    /// Starts a thread; nil when the system gives none.
    ///
    /// - Parameter stackBytes: bytes of its stack; the system's own choice without it.
    public init?(stackBytes: Int? = nil, _ body: @escaping @Sendable () -> Void) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        if let stackBytes { pthread_attr_setstacksize(&attributes, stackBytes) }
        var thread = pthread_t()
        let context = Unmanaged.passRetained(Body(body))
        let status = pthread_create(
            &thread, &attributes,
            { context in
                if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, context.toOpaque())
        guard status == 0 else {
            context.release()
            return nil
        }
        self.thread = thread
    }

    /// Waits for its end.
    public func join() { pthread_join(thread, nil) }

    /// Lets it run on; nobody waits for it.
    public func detach() { pthread_detach(thread) }
}
