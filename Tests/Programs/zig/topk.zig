//! topk - counts words and prints the most frequent.
//!
//!     topk [COUNT [FILE or FOLDER]...]
//!
//! Without files it reads standard input. TOPK_MINIMUM in the environment is the smallest length of a word that is
//! counted. The result is also appended to `topk.log` when TOPK_LOG is set. Exit status: 0; 1 when a file cannot be
//! read; 2 for a usage error; 3 when no word was found.

const std = @import("std");
const Allocator = std.mem.Allocator;
const Io = std.Io;

/// The `capacity` greatest items in the order of `lessThan`, kept as a binary heap with the least at the root.
fn Greatest(comptime Item: type, comptime lessThan: fn (Item, Item) bool) type {
    return struct {
        const Self = @This();

        items: []Item,
        used: usize = 0,

        fn init(allocator: Allocator, capacity: usize) !Self {
            return .{ .items = try allocator.alloc(Item, capacity) };
        }

        fn deinit(self: *Self, allocator: Allocator) void {
            allocator.free(self.items);
            self.* = undefined;
        }

        fn add(self: *Self, item: Item) void {
            if (self.used < self.items.len) {
                self.items[self.used] = item;
                self.siftUp(self.used);
                self.used += 1;
            } else if (self.used > 0 and lessThan(self.items[0], item)) {
                self.items[0] = item;
                self.siftDown(0);
            }
        }

        fn siftUp(self: *Self, start: usize) void {
            var child = start;
            while (child > 0) {
                const parent = (child - 1) / 2;
                if (!lessThan(self.items[child], self.items[parent])) return;
                std.mem.swap(Item, &self.items[child], &self.items[parent]);
                child = parent;
            }
        }

        fn siftDown(self: *Self, start: usize) void {
            var parent = start;
            while (true) {
                var least = parent;
                inline for (1..3) |offset| {
                    const child = 2 * parent + offset;
                    if (child < self.used and lessThan(self.items[child], self.items[least])) least = child;
                }
                if (least == parent) return;
                std.mem.swap(Item, &self.items[parent], &self.items[least]);
                parent = least;
            }
        }

        /// The items from the greatest to the least; the heap is used up.
        fn drain(self: *Self) []Item {
            const all = self.items[0..self.used];
            while (self.used > 1) {
                self.used -= 1;
                std.mem.swap(Item, &self.items[0], &self.items[self.used]);
                self.siftDown(0);
            }
            return all;
        }
    };
}

const Entry = struct {
    word: []const u8,
    count: u32,

    fn lessThan(a: Entry, b: Entry) bool {
        if (a.count != b.count) return a.count < b.count;
        return std.mem.order(u8, a.word, b.word) == .gt;
    }
};

/// What a byte is to the tokenizer, computed when the program is compiled.
const Class = enum { letter, joiner, other };
const classes: [256]Class = blk: {
    var table: [256]Class = @splat(.other);
    for (0..256) |byte| {
        table[byte] = switch (byte) {
            'a'...'z', 'A'...'Z', '0'...'9', 0x80...0xff => .letter,
            '\'', '-' => .joiner,
            else => .other,
        };
    }
    break :blk table;
};

const Tokenizer = struct {
    text: []const u8,
    offset: usize = 0,

    fn next(self: *Tokenizer) ?[]const u8 {
        while (self.offset < self.text.len and classes[self.text[self.offset]] != .letter) self.offset += 1;
        if (self.offset == self.text.len) return null;
        const start = self.offset;
        while (self.offset < self.text.len and classes[self.text[self.offset]] != .other) self.offset += 1;
        return std.mem.trimEnd(u8, self.text[start..self.offset], "'-");
    }
};

const Counter = struct {
    arena: std.heap.ArenaAllocator,
    counts: std.StringHashMapUnmanaged(u32) = .empty,
    minimum: usize,
    total: u64 = 0,

    fn init(allocator: Allocator, minimum: usize) Counter {
        return .{ .arena = .init(allocator), .minimum = minimum };
    }

    fn deinit(self: *Counter) void {
        self.arena.deinit();
    }

    fn add(self: *Counter, text: []const u8) !void {
        const allocator = self.arena.allocator();
        var tokenizer: Tokenizer = .{ .text = text };
        var buffer: [64]u8 = undefined;
        while (tokenizer.next()) |word| {
            if (word.len < self.minimum or word.len > buffer.len) continue;
            const lower = std.ascii.lowerString(&buffer, word);
            const place = try self.counts.getOrPut(allocator, lower);
            if (!place.found_existing) {
                place.key_ptr.* = try allocator.dupe(u8, lower);
                place.value_ptr.* = 0;
            }
            place.value_ptr.* += 1;
            self.total += 1;
        }
    }

    fn addFile(self: *Counter, io: Io, allocator: Allocator, dir: Io.Dir, path: []const u8) !void {
        const text = try dir.readFileAlloc(io, path, allocator, .limited(16 << 20));
        defer allocator.free(text);
        try self.add(text);
    }

    fn addPath(self: *Counter, io: Io, allocator: Allocator, path: []const u8) !void {
        var dir = Io.Dir.cwd().openDir(io, path, .{ .iterate = true }) catch |err| switch (err) {
            error.NotDir => return self.addFile(io, allocator, Io.Dir.cwd(), path),
            else => return err,
        };
        defer dir.close(io);
        var walker = try dir.walk(allocator);
        defer walker.deinit();
        while (try walker.next(io)) |entry| {
            if (entry.kind == .file) try self.addFile(io, allocator, entry.dir, entry.basename);
        }
    }
};

fn report(counter: *Counter, allocator: Allocator, limit: usize, out: *Io.Writer) !void {
    var greatest = try Greatest(Entry, Entry.lessThan).init(allocator, limit);
    defer greatest.deinit(allocator);
    var iterator = counter.counts.iterator();
    while (iterator.next()) |entry| greatest.add(.{ .word = entry.key_ptr.*, .count = entry.value_ptr.* });
    try out.print("{d} words, {d} different\n", .{ counter.total, counter.counts.count() });
    for (greatest.drain(), 1..) |entry, place| {
        const share = 100 * @as(f64, @floatFromInt(entry.count)) / @as(f64, @floatFromInt(counter.total));
        try out.print("{d:>3}. {s:<16} {d:>5} {d:>6.2} %\n", .{ place, entry.word, entry.count, share });
    }
}

fn appendLog(io: Io, counter: *const Counter) !void {
    var file = try Io.Dir.cwd().createFile(io, "topk.log", .{ .truncate = false });
    defer file.close(io);
    var line: [80]u8 = undefined;
    const text = try std.fmt.bufPrint(&line, "counted {d} of {d}\n", .{ counter.total, counter.counts.count() });
    const end = (try file.stat(io)).size;
    try file.writePositionalAll(io, text, end);
}

fn number(text: []const u8, what: []const u8, out: *Io.Writer) ?usize {
    return std.fmt.parseInt(usize, text, 10) catch |err| {
        out.print("topk: {s} {s}: {t}\n", .{ what, text, err }) catch {};
        return null;
    };
}

fn run(init: std.process.Init, out: *Io.Writer) !u8 {
    const allocator = init.gpa;
    const arguments = try init.minimal.args.toSlice(init.arena.allocator());
    const limit = if (arguments.len > 1) number(arguments[1], "count", out) orelse return 2 else 10;
    const minimum = if (init.environ_map.get("TOPK_MINIMUM")) |text|
        number(text, "minimum", out) orelse return 2
    else
        1;
    var counter: Counter = .init(allocator, minimum);
    defer counter.deinit();

    var status: u8 = 0;
    if (arguments.len > 2) {
        for (arguments[2..]) |path| {
            counter.addPath(init.io, allocator, path) catch |err| {
                try out.print("topk: {s}: {t}\n", .{ path, err });
                status = 1;
            };
        }
    } else {
        var buffer: [512]u8 = undefined;
        var reader = Io.File.stdin().readerStreaming(init.io, &buffer);
        while (try reader.interface.takeDelimiter('\n')) |line| try counter.add(line);
    }
    if (counter.total == 0) return 3;
    try report(&counter, allocator, limit, out);
    if (init.environ_map.contains("TOPK_LOG")) try appendLog(init.io, &counter);
    return status;
}

pub fn main(init: std.process.Init) !u8 {
    var buffer: [1024]u8 = undefined;
    var writer = Io.File.stdout().writerStreaming(init.io, &buffer);
    const status = try run(init, &writer.interface);
    try writer.interface.flush();
    return status;
}
