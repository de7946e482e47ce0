/* jsonq.cpp - queries JSON documents.
 *
 *   jsonq EXPRESSION [FILE]       EXPRESSION: steps separated by |
 *     .name   [index]   []   keys   length   sum   sort   unique   group(.name)   select(.name OP literal)   flatten
 *
 * Without FILE the document comes from standard input. JSONQ_INDENT in the environment is the number of spaces that the
 * output is indented by; without it the output is compact. Exit status: 0; 1 for an error in the document; 2 for a
 * usage error; 4 when the result is empty.
 */
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "json.hpp"

namespace {

using namespace json;

/// One step of a query: values in, values out.
class Step {
public:
    virtual ~Step() = default;
    virtual std::vector<Value> apply(const Value &input) const = 0;
};

const Value *member(const Value &value, std::string_view name)
{
    auto object = value.asObject();
    if (!object) {
        return nullptr;
    }
    auto found = object->find(name);
    return found == object->end() ? nullptr : &found->second;
}

class Member final : public Step {
public:
    explicit Member(std::string name) : name_(std::move(name)) {}

    std::vector<Value> apply(const Value &input) const override
    {
        auto found = member(input, name_);
        return found ? std::vector{*found} : std::vector<Value>{};
    }

private:
    std::string name_;
};

class Element final : public Step {
public:
    explicit Element(long index) : index_(index) {}

    std::vector<Value> apply(const Value &input) const override
    {
        auto array = input.asArray();
        if (!array) {
            return {};
        }
        long position = index_ < 0 ? static_cast<long>(array->size()) + index_ : index_;
        if (position < 0 || position >= static_cast<long>(array->size())) {
            return {};
        }
        return {(*array)[static_cast<std::size_t>(position)]};
    }

private:
    long index_;
};

class Each final : public Step {
public:
    std::vector<Value> apply(const Value &input) const override
    {
        if (auto array = input.asArray()) {
            return *array;
        }
        std::vector<Value> values;
        if (auto object = input.asObject()) {
            std::transform(object->begin(), object->end(), std::back_inserter(values),
                           [](const auto &entry) { return entry.second; });
        }
        return values;
    }
};

/// A step that is a function of an array.
class ArrayFunction final : public Step {
public:
    using Function = std::function<Value(Array)>;
    explicit ArrayFunction(Function function) : function_(std::move(function)) {}

    std::vector<Value> apply(const Value &input) const override
    {
        auto array = input.asArray();
        return array ? std::vector{function_(*array)} : std::vector<Value>{};
    }

private:
    Function function_;
};

class Keys final : public Step {
public:
    std::vector<Value> apply(const Value &input) const override
    {
        Array names;
        if (auto object = input.asObject()) {
            for (const auto &[name, value] : *object) {
                names.emplace_back(name);
            }
        }
        return {Value::array(std::move(names))};
    }
};

class Select final : public Step {
public:
    Select(std::string name, std::string comparison, Value literal)
        : name_(std::move(name)), comparison_(std::move(comparison)), literal_(std::move(literal)) {}

    std::vector<Value> apply(const Value &input) const override
    {
        auto found = member(input, name_);
        if (!found || found->kind() != literal_.kind()) {
            return {};
        }
        auto order = *found <=> literal_;
        bool holds = comparison_ == "==" ? order == 0 : comparison_ == "!=" ? order != 0
                   : comparison_ == "<" ? order < 0 : order > 0;
        return holds ? std::vector{input} : std::vector<Value>{};
    }

private:
    std::string name_, comparison_;
    Value literal_;
};

Value sum(Array items)
{
    return Value(std::accumulate(items.begin(), items.end(), 0.0, [](double total, const Value &item) {
        auto number = item.get<double>();
        return total + (number ? *number : 0.0);
    }));
}

Value sorted(Array items)
{
    std::stable_sort(items.begin(), items.end());
    return Value::array(std::move(items));
}

Value unique(Array items)
{
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
    return Value::array(std::move(items));
}

Value flattened(Array items)
{
    Array flat;
    for (const auto &item : items) {
        if (auto inner = item.asArray()) {
            auto flatInner = flattened(*inner);
            flat.insert(flat.end(), flatInner.asArray()->begin(), flatInner.asArray()->end());
        } else {
            flat.push_back(item);
        }
    }
    return Value::array(std::move(flat));
}

Value grouped(const std::string &name, const Array &items)
{
    std::map<std::string, Array> groups;
    for (const auto &item : items) {
        std::ostringstream key;
        auto found = member(item, name);
        if (auto text = found ? found->get<std::string>() : nullptr) {
            key << *text;
        } else {
            Printer(key, 0).print(found ? *found : Value());
        }
        groups[key.str()].push_back(item);
    }
    Object result;
    for (auto &[key, members] : groups) {
        result.emplace(key, Value::array(std::move(members)));
    }
    return Value::object(std::move(result));
}

using Steps = std::vector<std::unique_ptr<Step>>;

std::optional<std::string> argumentOf(std::string_view word, std::string_view function)
{
    if (!word.starts_with(function) || !word.substr(function.size()).starts_with("(.") || !word.ends_with(")")) {
        return std::nullopt;
    }
    return std::string(word.substr(function.size() + 2, word.size() - function.size() - 3));
}

std::unique_ptr<Step> parseStep(const std::string &word)
{
    static const std::map<std::string, ArrayFunction::Function, std::less<>> functions = {
        {"length", [](Array items) { return Value(static_cast<double>(items.size())); }},
        {"sum", sum}, {"sort", sorted}, {"unique", unique}, {"flatten", flattened},
    };
    if (auto function = functions.find(word); function != functions.end()) {
        return std::make_unique<ArrayFunction>(function->second);
    }
    if (word == "keys") {
        return std::make_unique<Keys>();
    }
    if (word == "[]") {
        return std::make_unique<Each>();
    }
    if (word.starts_with('.')) {
        return std::make_unique<Member>(word.substr(1));
    }
    if (word.starts_with('[') && word.ends_with(']')) {
        return std::make_unique<Element>(std::strtol(word.c_str() + 1, nullptr, 10));
    }
    if (auto name = argumentOf(word, "group")) {
        return std::make_unique<ArrayFunction>([name = *name](Array items) { return grouped(name, items); });
    }
    if (auto condition = argumentOf(word, "select")) {
        std::istringstream words(*condition);
        std::string name, comparison, literal;
        words >> name >> comparison;
        std::getline(words >> std::ws, literal);
        auto value = Parser(literal).document();
        if (auto parsed = std::get_if<Value>(&value)) {
            return std::make_unique<Select>(name, comparison, *parsed);
        }
    }
    return nullptr;
}

std::optional<Steps> parseQuery(const std::string &text)
{
    Steps steps;
    std::istringstream words(text);
    for (std::string word; std::getline(words, word, '|');) {
        auto first = word.find_first_not_of(' '), last = word.find_last_not_of(' ');
        auto step = first == std::string::npos ? nullptr : parseStep(word.substr(first, last - first + 1));
        if (!step) {
            std::cout << "jsonq: no step: " << word << '\n';
            return std::nullopt;
        }
        steps.push_back(std::move(step));
    }
    return steps;
}

/// Reads a file. With stdio: libc++ for WASI comes without file streams.
std::optional<std::string> readFile(const char *path)
{
    std::unique_ptr<std::FILE, int (*)(std::FILE *)> file(std::fopen(path, "rb"), std::fclose);
    if (!file) {
        return std::nullopt;
    }
    std::string text;
    char piece[4096];
    while (auto size = std::fread(piece, 1, sizeof piece, file.get())) {
        text.append(piece, size);
    }
    return text;
}

} // namespace

int main(int argc, char **argv)
{
    auto steps = argc == 2 || argc == 3 ? parseQuery(argv[1]) : std::nullopt;
    if (!steps) {
        std::cerr << "usage: jsonq EXPRESSION [FILE]\n";
        return 2;
    }
    std::optional<std::string> text;
    if (argc == 3) {
        text = readFile(argv[2]);
    } else {
        text.emplace(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>());
    }
    if (!text) {
        std::cout << "jsonq: cannot open " << argv[2] << '\n';
        return 1;
    }
    auto document = Parser(*text).document();
    if (auto error = std::get_if<SyntaxError>(&document)) {
        std::cout << "jsonq: byte " << error->offset << ": " << error->reason << '\n';
        return 1;
    }
    std::vector<Value> values{std::get<Value>(document)};
    for (const auto &step : *steps) {
        std::vector<Value> next;
        for (const auto &value : values) {
            auto results = step->apply(value);
            std::move(results.begin(), results.end(), std::back_inserter(next));
        }
        values = std::move(next);
    }
    auto indent = std::getenv("JSONQ_INDENT");
    Printer printer(std::cout, indent ? std::atoi(indent) : 0);
    for (const auto &value : values) {
        printer.print(value);
        std::cout << '\n';
    }
    return values.empty() ? 4 : 0;
}
