// A mixed load for the JavaScript interpreters, in ES5: closures, prototypes, regular expressions, JSON, sorting, dates.
// Nothing is thrown: that needs longjmp.

function Generator(seed) {
    this.state = seed;
}
Generator.prototype.next = function (limit) {
    this.state = (this.state * 1103515245 + 12345) % 2147483648;
    return Math.floor(this.state / 65536) % limit;
};

function Shape(name) {
    this.name = name;
}
Shape.prototype.area = function () { return 0; };
Shape.prototype.toString = function () { return this.name + ":" + this.area().toFixed(3); };

function Circle(radius) {
    Shape.call(this, "circle");
    this.radius = radius;
}
Circle.prototype = Object.create(Shape.prototype);
Circle.prototype.area = function () { return Math.PI * this.radius * this.radius; };

function Square(side) {
    Shape.call(this, "square");
    this.side = side;
}
Square.prototype = Object.create(Shape.prototype);
Square.prototype.area = function () { return this.side * this.side; };

function digest(text) {
    var hash = 5381;
    for (var i = 0; i < text.length; ++i) {
        hash = ((hash << 5) + hash + text.charCodeAt(i)) | 0;
    }
    return (hash >>> 0).toString(16);
}

function fibonacci(n) {
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

var random = new Generator(7);
var rows = [];
for (var i = 0; i < 400; ++i) {
    rows.push({ id: i, group: "g" + random.next(17), value: random.next(10000) / 8 });
}

var groups = {};
rows.forEach(function (row) {
    groups[row.group] = (groups[row.group] || 0) + row.value;
});
print(Object.keys(groups).sort().map(function (key) { return key + "=" + groups[key].toFixed(1); }).join(" "));

rows.sort(function (a, b) { return a.value - b.value || a.id - b.id; });
var text = JSON.stringify(rows);
var again = JSON.parse(text);
print("json", text.length, again.length, digest(text), JSON.stringify(again) === text);

print([new Circle(2), new Square(3)].join(", "));
print("fibonacci", fibonacci(21));
print("regexp", "2024-05-17T10:22:03Z".replace(/(\d+)-(\d+)-(\d+)T(\S+)/, "$3.$2.$1 at $4"),
    "a1b22c333".match(/\d+/g).join("|"), "one, two;three".split(/[,;]\s*/).length);
print("numbers", 0.1 + 0.2, 1 / 3, 1e21, 123456789 * 987654321, -7 % 3, 5 >>> 1, -5 >> 1, (255).toString(2), parseInt("0x1f"));
print("strings", "grüße".toUpperCase(), "abc".charCodeAt(1), encodeURIComponent("ä €"));
print("date", new Date(Date.UTC(2024, 1, 29, 12, 30, 15)).toISOString());

var matrix = [];
for (var r = 0; r < 40; ++r) {
    matrix[r] = [];
    for (var c = 0; c < 40; ++c) {
        var sum = 0;
        for (var k = 0; k < 40; ++k) {
            sum += ((r * k) % 7) * ((k + c) % 5);
        }
        matrix[r][c] = sum;
    }
}
print("matrix", digest(matrix.map(function (row) { return row.join(); }).join(";")));
