//! render - renders a template with the values of a JSON document.
//!
//!     render TEMPLATE [VALUES]      VALUES: a JSON file, else standard input
//!
//! `{{a.b}}` is a value, `{{a|upper}}` goes through a filter (upper, lower, length, hash, json), `{{#each a}}…{{/}}`
//! repeats for each item as `this`, `{{#if a}}…{{/}}` is there when the value is neither absent, null, false, 0 nor
//! empty; `{{$NAME}}` is a variable of the environment. Exit status: 0; 1 for an error in the template or the values; 2
//! for a usage error. `render --overflow` overflows an integer, which the safety checks of this build make a trap.

const std = @import("std");
const Allocator = std.mem.Allocator;
const Io = std.Io;
const Value = std.json.Value;

const Node = union(enum) {
    text: []const u8,
    value: struct { path: []const u8, filter: ?Filter },
    variable: []const u8,
    each: struct { path: []const u8, body: []const Node },
    when: struct { path: []const u8, body: []const Node },
};

const Filter = enum {
    upper,
    lower,
    length,
    hash,
    json,

    fn apply(filter: Filter, allocator: Allocator, value: Value) ![]const u8 {
        const text = try plainText(allocator, value);
        return switch (filter) {
            .upper => std.ascii.allocUpperString(allocator, text),
            .lower => std.ascii.allocLowerString(allocator, text),
            .length => std.fmt.allocPrint(allocator, "{d}", .{lengthOf(value)}),
            .hash => std.fmt.allocPrint(allocator, "{x:0>16}", .{std.hash.Wyhash.hash(0, text)}),
            .json => std.json.Stringify.valueAlloc(allocator, value, .{}),
        };
    }
};

const ParseError = error{ UnknownFilter, UnknownBlock, NoEnd, UnexpectedEnd, OutOfMemory };

const Parser = struct {
    allocator: Allocator,
    rest: []const u8,

    fn nodes(self: *Parser, is_inner: bool) ParseError![]const Node {
        var list: std.ArrayList(Node) = .empty;
        while (std.mem.find(u8, self.rest, "{{")) |start| {
            if (start > 0) try list.append(self.allocator, .{ .text = self.rest[0..start] });
            self.rest = self.rest[start + 2 ..];
            const end = std.mem.find(u8, self.rest, "}}") orelse return error.NoEnd;
            const tag = std.mem.trim(u8, self.rest[0..end], " ");
            self.rest = self.rest[end + 2 ..];
            if (std.mem.eql(u8, tag, "/")) {
                return if (is_inner) list.toOwnedSlice(self.allocator) else error.UnexpectedEnd;
            }
            try list.append(self.allocator, try self.node(tag));
        }
        if (is_inner) return error.NoEnd;
        try list.append(self.allocator, .{ .text = self.rest });
        return list.toOwnedSlice(self.allocator);
    }

    fn node(self: *Parser, tag: []const u8) ParseError!Node {
        if (std.mem.startsWith(u8, tag, "$")) return .{ .variable = tag[1..] };
        if (std.mem.startsWith(u8, tag, "#each ")) {
            return .{ .each = .{ .path = tag[6..], .body = try self.nodes(true) } };
        }
        if (std.mem.startsWith(u8, tag, "#if ")) {
            return .{ .when = .{ .path = tag[4..], .body = try self.nodes(true) } };
        }
        if (std.mem.startsWith(u8, tag, "#")) return error.UnknownBlock;
        const bar = std.mem.findScalar(u8, tag, '|') orelse return .{ .value = .{ .path = tag, .filter = null } };
        const filter = std.meta.stringToEnum(Filter, tag[bar + 1 ..]) orelse return error.UnknownFilter;
        return .{ .value = .{ .path = tag[0..bar], .filter = filter } };
    }
};

fn lengthOf(value: Value) usize {
    return switch (value) {
        .array => |items| items.items.len,
        .object => |members| members.count(),
        .string, .number_string => |text| text.len,
        else => 0,
    };
}

fn isTrue(value: Value) bool {
    return switch (value) {
        .null => false,
        .bool => |truth| truth,
        .integer => |number| number != 0,
        .float => |number| number != 0,
        else => lengthOf(value) > 0,
    };
}

fn plainText(allocator: Allocator, value: Value) ![]const u8 {
    return switch (value) {
        .string => |text| text,
        .null => "",
        .float => |number| std.fmt.allocPrint(allocator, "{d:.3}", .{number}),
        else => std.json.Stringify.valueAlloc(allocator, value, .{}),
    };
}

/// A scope of names: the members of the document, and inside of `each` the item as `this`.
const Scope = struct {
    value: Value,
    parent: ?*const Scope = null,

    fn lookUp(scope: *const Scope, path: []const u8) Value {
        var names = std.mem.splitScalar(u8, path, '.');
        const first = names.first();
        var value = if (std.mem.eql(u8, first, "this")) scope.value else scope.find(first);
        while (names.next()) |name| value = memberOf(value, name);
        return value;
    }

    fn find(scope: *const Scope, name: []const u8) Value {
        const found = memberOf(scope.value, name);
        if (found != .null) return found;
        return if (scope.parent) |parent| parent.find(name) else .null;
    }

    fn memberOf(value: Value, name: []const u8) Value {
        switch (value) {
            .object => |members| return members.get(name) orelse .null,
            .array => |items| {
                const index = std.fmt.parseInt(usize, name, 10) catch return .null;
                return if (index < items.items.len) items.items[index] else .null;
            },
            else => return .null,
        }
    }
};

const Renderer = struct {
    allocator: Allocator,
    environment: *const std.process.Environ.Map,
    out: *Io.Writer,

    fn render(self: *const Renderer, nodes: []const Node, scope: *const Scope) !void {
        for (nodes) |node| switch (node) {
            .text => |text| try self.out.writeAll(text),
            .variable => |name| try self.out.writeAll(self.environment.get(name) orelse "(not set)"),
            .value => |value| {
                const found = scope.lookUp(value.path);
                const text = if (value.filter) |filter|
                    try filter.apply(self.allocator, found)
                else
                    try plainText(self.allocator, found);
                try self.out.writeAll(text);
            },
            .when => |when| if (isTrue(scope.lookUp(when.path))) try self.render(when.body, scope),
            .each => |each| switch (scope.lookUp(each.path)) {
                .array => |items| for (items.items) |item| {
                    try self.render(each.body, &.{ .value = item, .parent = scope });
                },
                .object => |members| for (members.values()) |item| {
                    try self.render(each.body, &.{ .value = item, .parent = scope });
                },
                else => {},
            },
        };
    }
};

fn overflow(io: Io) u8 {
    var value: u8 = 250;
    const now = Io.Clock.real.now(io);
    for (0..10) |_| value += @intCast(@min(1, now.nanoseconds)); // not known when compiled
    return value;
}

fn run(init: std.process.Init, out: *Io.Writer) !u8 {
    const allocator = init.arena.allocator();
    const arguments = try init.minimal.args.toSlice(allocator);
    if (arguments.len < 2 or arguments.len > 3) {
        std.debug.print("usage: render TEMPLATE [VALUES]\n", .{});
        return 2;
    }
    if (std.mem.eql(u8, arguments[1], "--overflow")) return overflow(init.io);
    const template = try Io.Dir.cwd().readFileAlloc(init.io, arguments[1], allocator, .unlimited);
    var buffer: [256]u8 = undefined;
    const text = if (arguments.len == 3)
        try Io.Dir.cwd().readFileAlloc(init.io, arguments[2], allocator, .unlimited)
    else blk: {
        var reader = Io.File.stdin().readerStreaming(init.io, &buffer);
        break :blk try reader.interface.allocRemaining(allocator, .unlimited);
    };
    const values = try std.json.parseFromSliceLeaky(Value, allocator, text, .{});
    var parser: Parser = .{ .allocator = allocator, .rest = template };
    const nodes = try parser.nodes(false);
    const renderer: Renderer = .{ .allocator = allocator, .environment = init.environ_map, .out = out };
    try renderer.render(nodes, &.{ .value = values });
    return 0;
}

pub fn main(init: std.process.Init) u8 {
    var buffer: [1024]u8 = undefined;
    var writer = Io.File.stdout().writerStreaming(init.io, &buffer);
    const out = &writer.interface;
    const status = run(init, out) catch |err| blk: {
        out.print("render: {t}\n", .{err}) catch {};
        break :blk 1;
    };
    out.flush() catch return 1;
    return status;
}
