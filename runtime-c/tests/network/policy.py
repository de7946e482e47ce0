#!/usr/bin/env python3
"""policy.py ASK [--calls N] [--inclusions N] [--words N] [--seed S] - the network's policy against a slow one.

Generates rules and calls, rules and a rule that they may include, and words that may be rules; asks ASK (ask.c), and
compares with what is said here. Here, addresses are Python's, names are lists of labels, and a rule is included when
every call that it admits is admitted, of those before which something could change: at the first address and port of
each stretch, for names that no rule lists.
"""

import argparse
import collections
import functools
import ipaddress
import random
import re
import subprocess
import sys
from dataclasses import dataclass

LABEL = r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)"
NAME = re.compile(rf"({LABEL}(?:\.{LABEL})*)\.?", re.ASCII)
NUMBER = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*", re.ASCII)
RULE = re.compile(r"(tcp|udp)://(?:\[([^\]]*)\](?:/(0|[1-9][0-9]*))?|([^:\[/][^:/]*)(?:/(0|[1-9][0-9]*))?):([0-9,*-]+)")
PORT = r"[1-9][0-9]{0,4}"
V6_LAST = 2**128 - 1
V4_IN_V6 = range(0xFFFF << 32, (0xFFFF << 32) + 2**32)

# Where no name leads, but for 6to4, Teredo and NAT64.
NEVER_NAMED = [ipaddress.ip_network(text) for text in (
    "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "255.255.255.255", "100.100.100.200",
    "168.63.129.16", "192.0.0.192", "::", "::1", "fe80::/10", "ff00::/8", "fd00:ec2::/32", "fd20:ce::254",
    "fd00:c1::a9fe:a9fe", "fd00:42::42", "fd00:a9fe:a9fe::1", "64:ff9b:1::/48", "::ffff:0:0:0/96")]
NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Rule:
    direction: str
    protocol: str
    version: int        # of the prefix; 0: a name
    first: int
    last: int
    below: bool         # the labels are those of names below
    labels: tuple
    ports: tuple        # pairs of the first and the last
    everything: bool    # the prefix is of all addresses
    single: bool        # ... of one


def canonical(direction, version, number):
    if version == 6 and (number in V4_IN_V6 or 1 < number < 2**32):
        version, number = 4, number % 2**32
    if direction == "out" and number == 0:
        return (4, 0x7F000001) if version == 4 else (6, 1)
    return version, number


def labels_of(text):
    """The labels from the last to the first, in lower case; None: no name."""
    match = NAME.fullmatch(text)
    if match is None or len(match[1]) > 253:
        return None
    labels = tuple(match[1].lower().split(".")[::-1])
    return None if NUMBER.fullmatch(labels[0]) else labels


def pattern_of(text, may_be_any):
    """Whether it is below, and the labels; None: no pattern. Every name is below no labels."""
    if text == "*" and may_be_any:
        return True, ()
    below = text.startswith("*.")
    labels = labels_of(text[2:] if below else text)
    if labels is None or (below and len(".".join(labels)) > 189):
        return None
    return below, labels


def pattern_has(below, labels, name):
    return name[:len(labels)] == labels and (len(name) > len(labels)) == below


def ports_of(direction, text):
    if text == "*":
        return ((0 if direction == "in" else 1, 65535),)
    result = []
    for item in text.split(","):
        match = re.fullmatch(rf"({PORT})(?:-({PORT}))?", item)
        if match is None:
            return None
        first, last = int(match[1]), int(match[2] or match[1])
        if last > 65535 or first > last:
            return None
        result.append((first, last))
    return tuple(result) if len(result) <= 16 else None


def prefix_of(direction, text, bits, kind, most):
    """(version, first, last, everything, single) or None."""
    try:
        network = kind((text, most if bits is None else int(bits)))
    except ValueError:
        return None
    version, first, last = network.version, int(network[0]), int(network[-1])
    if version == 6 and network.prefixlen >= 96 and first < 2**32:
        if first != last:
            return None
    if first == last:
        version, first = canonical(direction, version, first)
        return version, first, first, False, True
    if version == 6 and first in V4_IN_V6:
        version, first, last = 4, first % 2**32, last % 2**32
    return version, first, last, last - first + 1 == (2**32 if version == 4 else 2**128), False


@functools.lru_cache(maxsize=200000)
def rule_of(direction, word):
    match = RULE.fullmatch(word)
    if match is None or len(word.encode()) > 512:
        return None
    protocol, v6, v6_bits, host, v4_bits, port_text = match.groups()
    ports = ports_of(direction, port_text)
    if ports is None:
        return None
    prefix, pattern = None, (False, ())
    if v6 is not None:
        if "%" in v6:
            return None
        prefix = prefix_of(direction, v6, v6_bits, ipaddress.IPv6Network, 128)
    elif v4_bits is not None or NUMBER.fullmatch(host.rstrip(".").split(".")[-1]):
        prefix = prefix_of(direction, host, v4_bits, ipaddress.IPv4Network, 32)
    else:
        pattern = pattern_of(host, False)
        if pattern is None or pattern[1][0] == "localhost":
            return None
        return Rule(direction, protocol, 0, 0, 0, *pattern, ports, False, False)
    return prefix and Rule(direction, protocol, *prefix[:3], *pattern, ports, *prefix[3:])


def has_address(rule, version, number):
    if rule.version != version or not rule.first <= number <= rule.last:
        return False
    return number != 0 or (rule.direction == "in" and (rule.everything or rule.single))


@functools.lru_cache(maxsize=200000)
def is_never_named(version, number):
    address = ipaddress.IPv4Address(number) if version == 4 else ipaddress.IPv6Address(number)
    if version == 6 and (address.sixtofour is not None or address.teredo is not None):
        return True
    if version == 6 and address in NAT64:
        return is_never_named(4, number % 2**32)
    return any(address in network for network in NEVER_NAMED)


def address_of(direction, text):
    address = ipaddress.ip_address(text)
    return canonical(direction, address.version, int(address))


def has_port(rule, port):
    return any(first <= port <= last for first, last in rule.ports)


def decide(rules, answers, direction, protocol, address, port, now):
    for number, rule in enumerate(rules):
        if (rule.direction, rule.protocol) != (direction, protocol) or not has_port(rule, port):
            continue
        if rule.version:
            if has_address(rule, *address):
                return str(number)
        elif any(pattern_has(rule.below, rule.labels, name) and found == address and start < end and now < end
                 for name, found, start, end in answers):
            return str(number)
    return "denied"


def border_addresses(version, rules, borders):
    """The first address of each stretch."""
    result = {0, 1} | borders
    for rule in rules:
        if rule.version == version:
            result |= {rule.first, rule.last + 1}
    return result


NAMED_BORDERS = {
    4: {int(network[-1]) + 1 for network in NEVER_NAMED if network.version == 4},
    6: {2**32, V4_IN_V6[-1] + 1} | {int(ipaddress.ip_network(text)[-1]) + 1 for text in ("2002::/16", "2001::/32")} |
       {int(network[-1]) + 1 for network in NEVER_NAMED if network.version == 6} |
       {int(NAT64[0]) + int(network[-1]) + 1 for network in NEVER_NAMED if network.version == 4},
}


def asked_addresses(rules, rule):
    """The calls on which a prefix or a name could be answered in another way than on the one before."""
    for version in (rule.version,) if rule.version else (4, 6):
        borders = NAMED_BORDERS[version] if not rule.version else {rule.first, 2**32, V4_IN_V6[-1] + 1}
        for number in border_addresses(version, rules, borders):
            if number > (2**32 - 1 if version == 4 else V6_LAST):
                continue
            if version == 6 and (number in V4_IN_V6 or 1 < number < 2**32):
                continue
            if has_address(rule, version, number) if rule.version else not is_never_named(version, number):
                yield version, number


def includes(rules, rule):
    rules = [other for other in rules if (other.direction, other.protocol) == (rule.direction, rule.protocol)]
    fresh = ("no-rule-has-this",)
    names = [rule.labels + fresh, rule.labels + fresh * 2] if rule.below else [rule.labels]
    ports = {first for first, _ in rule.ports}
    ports |= {port for other in rules for first, last in other.ports for port in (first, last + 1)
              if has_port(rule, port)}
    known = {}
    for address in asked_addresses(rules, rule):
        for name in names:
            having = tuple(has_address(other, *address) if other.version else
                           not rule.version and pattern_has(other.below, other.labels, name) for other in rules)
            if having not in known:
                known[having] = all(any(has and has_port(other, port) for has, other in zip(having, rules))
                                    for port in ports)
            if not known[having]:
                return False
    return True


# What is generated.

NAMES = ["example.com", "a.example.com", "b.a.example.com", "c.b.a.example.com", "www.example.org", "db", "x.db",
         "badexample.com", "Example.COM.", "A.example.com"]
PATTERNS = NAMES + ["*.example.com", "*.a.example.com", "*.com", "*.db", "*.Example.com."]
NO_NAMES = ["", ".", "a..b", "127.0.0.1", "a.0x1", "-a.db", "a b", "e" * 64 + ".db"]
SINGLES = ["10.0.0.1", "10.0.0.2", "127.0.0.1", "0.0.0.0", "0.0.0.1", "169.254.169.254", "192.0.2.7", "255.255.255.255",
           "::", "::1", "::2", "::ffff:10.0.0.1", "::10.0.0.1", "::ffff:0.0.0.0", "fd00::1", "fe80::1", "2001:db8::1",
           "64:ff9b::10.0.0.1", "64:ff9b::127.0.0.1", "2002:a00:1::", "::fffe:ffff:ffff", "::1:0:0:0",
           "fd00:ec2::254", "8000::"]
POINTS = [1, 2, 80, 81, 443, 8000, 8005, 8010, 65535]


def some_ports(draw):
    if draw.random() < 0.2:
        return "*"
    return ",".join(draw.choice((str(first), f"{first}-{last}")) for first, last in
                    (sorted(draw.choices(POINTS, k=2)) for _ in range(draw.choice((1, 1, 2, 3)))))


def write_prefix(draw, version, first, bits):
    if version == 4 and draw.random() < 0.2:
        version, first, bits = 6, first + (0xFFFF << 32), bits + 96
    address = ipaddress.IPv4Address(first) if version == 4 else ipaddress.IPv6Address(first)
    text = str(address) if version == 4 else f"[{address}]"
    return text if bits == address.max_prefixlen and draw.random() < 0.5 else f"{text}/{bits}"


def some_prefix(draw):
    address = ipaddress.ip_address(draw.choice(SINGLES))
    size = address.max_prefixlen
    of_version = (64, 95) if size == 128 else (24, 9)
    bits = draw.choice((size, size, size - 1, size - 2, size - 8, 16, 8, 2, 1, 0, *of_version))
    if address.version == 6 and 96 <= bits < 128 and int(address) < 2**32:
        bits = 128
    return address.version, int(address) >> (size - bits) << (size - bits), bits


def some_rule(draw):
    host = draw.choice(PATTERNS) if draw.random() < 0.3 else write_prefix(draw, *some_prefix(draw))
    return f"{draw.choice(('tcp', 'tcp', 'udp'))}://{host}:{some_ports(draw)}"


def some_direction(draw):
    return draw.choice(("out", "out", "in"))


def some_rules(draw, count):
    return [(some_direction(draw), some_rule(draw)) for _ in range(draw.randrange(count + 1))]


def near(draw, rule, answers):
    """An address at the edge of a rule's, or one that was answered."""
    if not rule.version:
        number = draw.choice(answers)[1] if answers else (4, 1)
    else:
        edge = draw.choice((rule.first, rule.first, rule.last, rule.last, rule.first - 1, rule.last + 1))
        number = rule.version, max(0, min(edge, 2**32 - 1 if rule.version == 4 else V6_LAST))
    return str(ipaddress.IPv4Address(number[1]) if number[0] == 4 else ipaddress.IPv6Address(number[1]))


def generate_calls(draw):
    """Five calls with the same rules and answers."""
    lines = [f"{direction} {word}" for direction, word in some_rules(draw, 5)]
    rules = [rule_of(*line.split(" ", 1)) for line in lines]
    answers, start = [], 0
    for _ in range(draw.randrange(4)):
        start += draw.randrange(2)
        name, address, end = draw.choice(NAMES), draw.choice(SINGLES), draw.randrange(7)
        lines.append(f"answer {name} {address} {start} {end}")
        found = address_of("out", address)
        if not is_never_named(*found):
            answers.append((labels_of(name), found, start, end))
    text = ";".join(lines)
    for _ in range(5):
        direction, protocol, address, port = some_call(draw, rules, answers)
        now = start + draw.randrange(4)
        verdict = decide(rules, answers, direction, protocol, address_of(direction, address), port, now)
        yield f"{text}\t{direction} {protocol} {address} {port} {now}", verdict


def some_call(draw, rules, answers):
    if rules and draw.random() < 0.7: # that a rule could be about
        rule = draw.choice(rules)
        return rule.direction, rule.protocol, near(draw, rule, answers), draw.choice(draw.choice(rule.ports))
    return (some_direction(draw), draw.choice(("tcp", "tcp", "udp")), draw.choice(SINGLES),
            draw.choice(POINTS + [0, 79, 8001]))


def generate_lookup(draw):
    patterns = draw.choices(PATTERNS + ["*"], k=draw.randrange(4))
    name = draw.choice(NAMES + NO_NAMES + ["e" * 63 + ".db"])
    labels = labels_of(name)
    verdict = next((str(number) for number, pattern in enumerate(patterns)
                    if labels is not None and pattern_has(*pattern_of(pattern, True), labels)), "denied")
    yield f"{';'.join('resolve ' + pattern for pattern in patterns)}\tresolve {name}", verdict


def split(draw, version, first, bits, depth):
    """A prefix in parts."""
    size = 32 if version == 4 else 128
    if depth == 0 or bits == size or draw.random() < 0.4:
        return [(version, first, bits)]
    half = 1 << (size - bits - 1)
    return split(draw, version, first, bits + 1, depth - 1) + split(draw, version, first + half, bits + 1, depth - 1)


def is_written(version, first, bits):
    return not (version == 6 and 96 <= bits < 128 and first < 2**32)


def generate_parts(draw):
    """A rule, and rules that are its parts, of which one may be missing or another."""
    version, first, bits = some_prefix(draw)
    protocol, direction = draw.choice(("tcp", "udp")), some_direction(draw)
    cut = draw.choice(POINTS[1:])
    rules = []
    for part in split(draw, version, first, bits, 3):
        if not is_written(*part):
            continue
        both = draw.choice((("*",), ("1-65535",), (f"1-{cut}", f"{cut}-65535"), (f"1-{cut - 1}", f"{cut}-65535")))
        for ports in both:
            rules.append((direction, f"{protocol}://{write_prefix(draw, *part)}:{ports}"))
    if rules and draw.random() < 0.4:
        rules.pop(draw.randrange(len(rules)))
    if draw.random() < 0.2:
        rules.append((direction, some_rule(draw)))
    draw.shuffle(rules)
    return rules, (direction, f"{protocol}://{write_prefix(draw, version, first, bits)}:{some_ports(draw)}")


def generate_named_parts(draw):
    """A rule with a name, and rules with its names, or with all addresses."""
    direction, cut = some_direction(draw), draw.choice(POINTS[1:])
    host = draw.choice(PATTERNS)
    named = draw.choice((host, host, "*." + host.removeprefix("*."), draw.choice(PATTERNS)))
    rules = [(direction, f"tcp://{named}:1-{cut}")]
    for whole in ((4, 0, 0), (6, 0, 0)):
        for part in split(draw, *whole, 2):
            rules.append((direction, f"tcp://{write_prefix(draw, *part)}:{draw.choice((cut, cut, cut - 1))}-65535"))
    if draw.random() < 0.4:
        rules.pop(draw.randrange(len(rules)))
    return rules, (direction, f"tcp://{host}:{some_ports(draw)}")


def others(version, first, bits):
    """All addresses but those of a prefix."""
    size = 32 if version == 4 else 128
    return [(version, (first >> (size - length) ^ 1) << (size - length), length) for length in range(1, bits + 1)]


def generate_never_named(draw):
    """A rule with a name, and rules with all addresses but some to which no name leads, or a few more."""
    network = draw.choice(NEVER_NAMED + [ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/32")])
    version, first, bits = network.version, int(network[0]), network.prefixlen
    if version == 4 and draw.random() < 0.5:
        version, first, bits = 6, first + int(NAT64[0]), bits + 96
    size = 32 if version == 4 else 128
    if draw.random() < 0.4:
        bits = min(size, max(1, bits + draw.choice((-1, 1))))
        first = first >> (size - bits) << (size - bits)
    whole = (6, 0, 0) if version == 4 else (4, 0, 0)
    parts = [part for part in [whole] + others(version, first, bits) if is_written(*part)]
    direction = some_direction(draw)
    return ([(direction, f"tcp://{write_prefix(draw, *part)}:80") for part in parts],
            (direction, f"tcp://{draw.choice(PATTERNS)}:80"))


def generate_inclusions(draw):
    """Is the rule included, and is it with other ports?"""
    kind = draw.random()
    if kind < 0.2:
        rules, asked = some_rules(draw, 5), (some_direction(draw), some_rule(draw))
    elif kind < 0.22:
        rules, asked = generate_never_named(draw)
    elif kind < 0.8:
        rules, asked = generate_parts(draw)
    else:
        rules, asked = generate_named_parts(draw)
    text = ";".join(map(" ".join, rules))
    for word in (asked[1], f"{asked[1].rpartition(':')[0]}:{some_ports(draw)}"):
        verdict = includes([rule_of(*rule) for rule in rules], rule_of(asked[0], word))
        yield f"{text}\tincludes {asked[0]} {word}", "yes" if verdict else "no"


def generate_pattern_inclusion(draw):
    patterns = draw.choices(PATTERNS + ["*"], k=draw.randrange(4))
    asked = draw.choice(PATTERNS + ["*"])
    below, labels = pattern_of(asked, True)
    names = [labels + ("no-rule-has-this",), labels + ("com", "example")] if below else [labels]
    verdict = all(any(pattern_has(*pattern_of(pattern, True), name) for pattern in patterns) for name in names)
    yield (f"{';'.join('resolve ' + pattern for pattern in patterns)}\tincludes resolve {asked}",
           "yes" if verdict else "no")


def generate_word(draw):
    """A rule of which some bytes are others."""
    word = list(some_rule(draw))
    for _ in range(draw.choice((0, 1, 1, 2, 3))):
        at, count = draw.randrange(len(word) + 1), draw.choice((0, 0, 1, 1, 2, 5))
        word[at:at + count] = draw.choices("tcpud:/[]*.-,_0123456789abfxZ%\u00fc ", k=draw.choice((0, 1, 1, 2)))
    word, direction = "".join(word), some_direction(draw)
    yield f"\tparse {direction} {word}", "yes" if rule_of(direction, word) else "expected"


def generate(draw, count, often, seldom):
    result = []
    while len(result) < count:
        result.extend((seldom if draw.random() < 0.2 else often)(draw))
    return result[:count]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ask")
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--inclusions", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    questions = generate(draw, options.calls, generate_calls, generate_lookup)
    questions += generate(draw, options.inclusions, generate_inclusions, generate_pattern_inclusion)
    questions += generate(draw, options.words, generate_word, generate_word)
    lines = "".join(question + "\n" for question, _ in questions)
    run = subprocess.run([options.ask], input=lines.encode(), stdout=subprocess.PIPE, check=False)
    verdicts = run.stdout.decode().splitlines()
    failed = 0
    for (question, expected), verdict in zip(questions, verdicts):
        if verdict.split(" ")[0] == expected:
            continue
        failed += 1
        if failed <= 20:
            print(f"{question!r}: {verdict}, expected {expected}")
    unanswered = len(questions) - len(verdicts)
    if run.returncode != 0 or unanswered != 0:
        print(f"{options.ask}: status {run.returncode}, {unanswered} questions without an answer")
    failed += max(unanswered, run.returncode != 0)
    kinds = collections.Counter({"expected": "refused"}.get(expected, "allowed" if expected.isdigit() else expected)
                                for _, expected in questions)
    print(f"policy, seed {options.seed}: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
    print(f"{len(questions) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
