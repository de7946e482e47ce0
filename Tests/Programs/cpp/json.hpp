/* json.hpp - JSON values, a parser and a printer, without exceptions. */
#ifndef PROGRAMS_JSON_HPP
#define PROGRAMS_JSON_HPP

#include <charconv>
#include <cmath>
#include <compare>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace json {

class Value;
using Array = std::vector<Value>;
using Object = std::map<std::string, Value, std::less<>>;

/// A JSON value. Objects are ordered by name, so that equal documents print equally.
class Value {
public:
    using Storage = std::variant<std::nullptr_t, bool, double, std::string, std::shared_ptr<Array>,
                                 std::shared_ptr<Object>>;

    Value() : storage_(nullptr) {}
    template <typename T> explicit Value(T value) : storage_(std::move(value)) {}

    static Value array(Array items) { return Value(std::make_shared<Array>(std::move(items))); }
    static Value object(Object members) { return Value(std::make_shared<Object>(std::move(members))); }

    template <typename T> const T *get() const { return std::get_if<T>(&storage_); }

    const Array *asArray() const
    {
        auto pointer = get<std::shared_ptr<Array>>();
        return pointer ? pointer->get() : nullptr;
    }

    const Object *asObject() const
    {
        auto pointer = get<std::shared_ptr<Object>>();
        return pointer ? pointer->get() : nullptr;
    }

    std::size_t kind() const { return storage_.index(); }

    template <typename Visitor> auto visit(Visitor &&visitor) const { return std::visit(visitor, storage_); }

    std::weak_ordering operator<=>(const Value &other) const;
    bool operator==(const Value &other) const { return (*this <=> other) == 0; }

private:
    Storage storage_;
};

template <typename... Handlers> struct Overloaded : Handlers... {
    using Handlers::operator()...;
};

template <typename Range> std::weak_ordering compareRanges(const Range &left, const Range &right)
{
    auto other = right.begin();
    for (const auto &item : left) {
        if (other == right.end()) {
            return std::weak_ordering::greater;
        }
        if (auto order = item <=> *other++; order != 0) {
            return order;
        }
    }
    return other == right.end() ? std::weak_ordering::equivalent : std::weak_ordering::less;
}

inline std::weak_ordering Value::operator<=>(const Value &other) const
{
    if (kind() != other.kind()) {
        return kind() <=> other.kind();
    }
    return visit(Overloaded{
        [](std::nullptr_t) { return std::weak_ordering::equivalent; },
        [&](bool value) -> std::weak_ordering { return value <=> *other.get<bool>(); },
        [&](double value) { return std::weak_order(value, *other.get<double>()); },
        [&](const std::string &value) -> std::weak_ordering { return value <=> *other.get<std::string>(); },
        [&](const std::shared_ptr<Array> &value) { return compareRanges(*value, *other.asArray()); },
        [&](const std::shared_ptr<Object> &value) { return compareRanges(*value, *other.asObject()); },
    });
}

struct SyntaxError {
    std::size_t offset;
    const char *reason;
};

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    std::variant<Value, SyntaxError> document()
    {
        auto result = value(0);
        space();
        if (result && offset_ != text_.size()) {
            fail("text after the document");
        }
        if (error_) {
            return *error_;
        }
        return *result;
    }

private:
    static constexpr int maximumDepth = 200;

    std::nullopt_t fail(const char *reason)
    {
        if (!error_) {
            error_ = SyntaxError{offset_, reason};
        }
        return std::nullopt;
    }

    void space()
    {
        while (offset_ < text_.size() && std::string_view(" \t\r\n").find(text_[offset_]) != std::string_view::npos) {
            ++offset_;
        }
    }

    bool take(std::string_view token)
    {
        if (!text_.substr(offset_).starts_with(token)) {
            return false;
        }
        offset_ += token.size();
        return true;
    }

    std::optional<Value> value(int depth)
    {
        space();
        if (depth > maximumDepth) {
            return fail("nested too deeply");
        }
        if (take("null")) {
            return Value();
        }
        if (take("true")) {
            return Value(true);
        }
        if (take("false")) {
            return Value(false);
        }
        if (take("[")) {
            return array(depth);
        }
        if (take("{")) {
            return object(depth);
        }
        if (take("\"")) {
            auto characters = string();
            return characters ? std::optional(Value(*characters)) : std::nullopt;
        }
        return number();
    }

    std::optional<Value> array(int depth)
    {
        Array items;
        space();
        while (!take("]")) {
            auto item = value(depth + 1);
            if (!item) {
                return std::nullopt;
            }
            items.push_back(*item);
            space();
            if (!take(",") && text_.substr(offset_, 1) != "]") {
                return fail("expected , or ]");
            }
        }
        return Value::array(std::move(items));
    }

    std::optional<Value> object(int depth)
    {
        Object members;
        space();
        while (!take("}")) {
            space();
            if (!take("\"")) {
                return fail("expected a name");
            }
            auto name = string();
            space();
            if (!name || !take(":")) {
                return fail("expected :");
            }
            auto member = value(depth + 1);
            if (!member) {
                return std::nullopt;
            }
            members.insert_or_assign(*name, *member);
            space();
            if (!take(",") && text_.substr(offset_, 1) != "}") {
                return fail("expected , or }");
            }
        }
        return Value::object(std::move(members));
    }

    std::optional<Value> number()
    {
        // libc++ has no from_chars for floating-point numbers on every target; strtod needs an ending.
        std::string digits(text_.substr(offset_, 40));
        char *end = nullptr;
        double result = std::strtod(digits.c_str(), &end);
        if (end == digits.c_str()) {
            return fail("expected a value");
        }
        offset_ += static_cast<std::size_t>(end - digits.c_str());
        return Value(result);
    }

    static void appendUTF8(std::string &text, unsigned scalar)
    {
        if (scalar < 0x80) {
            text += static_cast<char>(scalar);
        } else if (scalar < 0x800) {
            text += static_cast<char>(0xc0 | scalar >> 6);
            text += static_cast<char>(0x80 | (scalar & 0x3f));
        } else if (scalar < 0x10000) {
            text += static_cast<char>(0xe0 | scalar >> 12);
            text += static_cast<char>(0x80 | (scalar >> 6 & 0x3f));
            text += static_cast<char>(0x80 | (scalar & 0x3f));
        } else {
            text += static_cast<char>(0xf0 | scalar >> 18);
            text += static_cast<char>(0x80 | (scalar >> 12 & 0x3f));
            text += static_cast<char>(0x80 | (scalar >> 6 & 0x3f));
            text += static_cast<char>(0x80 | (scalar & 0x3f));
        }
    }

    std::optional<unsigned> hexadecimal()
    {
        unsigned result = 0;
        auto digits = text_.substr(offset_, 4);
        auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), result, 16);
        if (error != std::errc() || end != digits.data() + 4) {
            return std::nullopt;
        }
        offset_ += 4;
        return result;
    }

    std::optional<std::string> string()
    {
        std::string result;
        while (offset_ < text_.size() && text_[offset_] != '"') {
            char character = text_[offset_++];
            if (character != '\\') {
                result += character;
                continue;
            }
            static constexpr std::string_view escapes = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
            char escape = offset_ < text_.size() ? text_[offset_++] : '\0';
            if (auto position = escapes.find(escape); position != std::string_view::npos) {
                result += meanings[position];
            } else if (escape == 'u') {
                auto scalar = hexadecimal();
                if (scalar && *scalar >> 10 == 0xd800 >> 10 && take("\\u")) {
                    auto low = hexadecimal();
                    scalar = low ? std::optional(0x10000 + ((*scalar & 0x3ff) << 10 | (*low & 0x3ff))) : std::nullopt;
                }
                if (!scalar) {
                    return fail("expected four digits");
                }
                appendUTF8(result, *scalar);
            } else {
                return fail("unknown escape");
            }
        }
        if (!take("\"")) {
            return fail("a string without an end");
        }
        return result;
    }

    std::string_view text_;
    std::size_t offset_ = 0;
    std::optional<SyntaxError> error_;
};

class Printer {
public:
    Printer(std::ostream &out, int indent) : out_(out), indent_(indent) {}

    void print(const Value &value, int depth = 0)
    {
        value.visit(Overloaded{
            [&](std::nullptr_t) { out_ << "null"; },
            [&](bool truth) { out_ << (truth ? "true" : "false"); },
            [&](double number) { printNumber(number); },
            [&](const std::string &text) { printString(text); },
            [&](const std::shared_ptr<Array> &items) {
                printAll('[', ']', *items, depth, [&](const Value &item) { print(item, depth + 1); });
            },
            [&](const std::shared_ptr<Object> &members) {
                printAll('{', '}', *members, depth, [&](const Object::value_type &member) {
                    printString(member.first);
                    out_ << (indent_ > 0 ? ": " : ":");
                    print(member.second, depth + 1);
                });
            },
        });
    }

private:
    template <typename Range, typename Print>
    void printAll(char open, char close, const Range &range, int depth, Print printItem)
    {
        out_ << open;
        bool isFirst = true;
        for (const auto &item : range) {
            out_ << (isFirst ? "" : ",");
            newLine(depth + 1);
            printItem(item);
            isFirst = false;
        }
        if (!isFirst) {
            newLine(depth);
        }
        out_ << close;
    }

    void newLine(int depth)
    {
        if (indent_ > 0) {
            out_ << '\n' << std::string(static_cast<std::size_t>(indent_ * depth), ' ');
        }
    }

    void printNumber(double number)
    {
        char text[40];
        bool isInteger = number == std::floor(number) && std::abs(number) < 1e15;
        std::snprintf(text, sizeof text, isInteger ? "%.0f" : "%.12g", number);
        out_ << text;
    }

    void printString(std::string_view text)
    {
        out_ << '"';
        for (char character : text) {
            if (character == '"' || character == '\\') {
                out_ << '\\' << character;
            } else if (static_cast<unsigned char>(character) < 0x20) {
                char escape[8];
                std::snprintf(escape, sizeof escape, "\\u%04x", character);
                out_ << escape;
            } else {
                out_ << character;
            }
        }
        out_ << '"';
    }

    std::ostream &out_;
    int indent_;
};

} // namespace json

#endif
