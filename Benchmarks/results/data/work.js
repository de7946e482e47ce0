// Objects, arrays, strings, closures and numbers, as scripts use them.

function queens(size) {
    function place(row, columns, left, right) {
        if (row === size) return 1;
        var found = 0;
        for (var column = 0; column < size; column++) {
            if (columns[column] || left[row + column] || right[row - column + size]) continue;
            columns[column] = left[row + column] = right[row - column + size] = true;
            found += place(row + 1, columns, left, right);
            columns[column] = left[row + column] = right[row - column + size] = false;
        }
        return found;
    }
    return place(0, [], [], []);
}

function Account(name) {
    this.name = name;
    this.entries = [];
}
Account.prototype.add = function (amount) { this.entries.push({amount: amount, even: amount % 2 === 0}); };
Account.prototype.total = function () {
    return this.entries.reduce(function (sum, entry) { return sum + (entry.even ? entry.amount : -entry.amount); }, 0);
};

function words(count) {
    var state = 7, list = [];
    for (var i = 0; i < count; i++) {
        state = (state * 1103 + 12345) % 65536;
        list.push('w' + (state % 997).toString(36));
    }
    return list;
}

var counts = {};
words(30000).forEach(function (word) { counts[word] = (counts[word] || 0) + 1; });
var common = Object.keys(counts).sort(function (a, b) { return counts[b] - counts[a] || (a < b ? -1 : 1); });
var accounts = [];
for (var i = 0; i < 20; i++) {
    var account = new Account('n' + i);
    for (var j = 0; j < 2000; j++) account.add((i * j) % 101);
    accounts.push(account.name + '=' + account.total());
}
print(queens(8));
print(common.slice(0, 5).join(' '));
print(accounts.join(' '));
