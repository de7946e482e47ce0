// Exceptions of C++: types, destructors on the way, nested handlers, throwing again, deep recursion, many throws.
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct Noisy {
    const char *name;
    explicit Noisy(const char *name) : name(name) {}
    ~Noisy() { std::printf("~%s\n", name); }
};
struct Error {
    int code;
    std::string text;
};
struct Other {
    double number;
};

[[gnu::noinline]] static int thrower(int kind)
{
    Noisy noisy("thrower");
    if (kind == 1)
        throw Error{kind, "one"};
    if (kind == 2)
        throw Other{2.5};
    if (kind == 3)
        throw kind;
    return kind;
}

[[gnu::noinline]] static int middle(int kind)
{
    Noisy noisy("middle");
    std::vector<int> values(100, kind);
    try {
        Noisy inner("inner");
        return thrower(kind) + values[50];
    } catch (Error &error) {
        std::printf("middle %d %s\n", error.code, error.text.c_str());
        error.text += "+";
        throw;
    }
}

static int outer(int kind)
{
    try {
        auto noisy = std::make_unique<Noisy>("unique");
        return middle(kind);
    } catch (const Error &error) {
        std::printf("outer error %s\n", error.text.c_str());
        return -1;
    } catch (const Other &other) {
        std::printf("outer other %g\n", other.number);
        return -2;
    } catch (...) {
        std::printf("outer anything\n");
        return -3;
    }
}

static int deep(int depth)
{
    std::unique_ptr<Noisy> noisy(depth % 100 == 0 ? new Noisy("deep") : nullptr);
    if (depth == 0)
        throw depth;
    return deep(depth - 1) + 1;
}

int main()
{
    for (int kind = 0; kind < 4; kind++)
        std::printf("%d: %d\n", kind, outer(kind));
    try {
        deep(500);
    } catch (int number) {
        std::printf("from deep %d\n", number);
    }
    std::map<std::string, int> counts;
    long long sum = 0;
    for (int i = 0; i < 30000; i++) {
        try {
            if (i % 3 == 0)
                throw i;
            counts[std::to_string(i % 7)]++;
        } catch (int number) {
            sum += number;
        }
    }
    std::printf("%lld %zu\n", sum, counts.size());
    try {
        try {
            throw Error{7, "seven"};
        } catch (Error &) {
            try {
                throw 5;
            } catch (int number) {
                std::printf("nested %d\n", number);
            }
            throw;
        }
    } catch (Error &error) {
        std::printf("again %d\n", error.code);
    }
}
