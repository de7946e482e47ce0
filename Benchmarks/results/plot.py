"""A plot of ratios as SVG: a line for each case, a mark for each contender, a logarithmic axis. Without libraries."""

import math
from html import escape

# Column -> (colour on light, colour on dark, shape). Shapes tell them apart where colours do not.
SERIES = {
    "wasmc, x86-64-v2": ("#1f6feb", "#58a6ff", "circle"),
    "wasmc, native": ("#8250df", "#bc8cff", "diamond"),
    "wasmtime": ("#bf6a02", "#f0a33a", "square"),
    "wasm2c": ("#1a7f37", "#56d364", "triangle"),
}
TICKS = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 7, 10, 15, 20]
LABELS_WIDTH, PLOT_WIDTH, RIGHT, ROW, HEAD = 230, 560, 30, 17, 34


def shape(kind, x, y, name):
    if kind == "circle":
        return f'<circle class="{name}" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
    if kind == "square":
        return f'<rect class="{name}" x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"/>'
    corners = {"diamond": [(0, -5.5), (5.5, 0), (0, 5.5), (-5.5, 0)], "triangle": [(0, -5), (5, 4), (-5, 4)]}[kind]
    points = " ".join(f"{x + across:.1f},{y + down:.1f}" for across, down in corners)
    return f'<polygon class="{name}" points="{points}"/>'


def style(series):
    lines = ["text{font:12px sans-serif;fill:#1f2328}.title{font-weight:bold}.grid{stroke:#8c959f;stroke-opacity:.3}"
             ".one{stroke:#1f2328;stroke-width:1.5}circle,rect,polygon{fill-opacity:.85}"]
    dark = ["text{fill:#e6edf3}.one{stroke:#e6edf3}"]
    for number, name in enumerate(series):
        lines.append(f".s{number}{{fill:{SERIES[name][0]}}}")
        dark.append(f".s{number}{{fill:{SERIES[name][1]}}}")
    return f"<style>{''.join(lines)}@media (prefers-color-scheme:dark){{{''.join(dark)}}}</style>"


def axis_limits(values):
    """The least and the largest tick that have all values between them."""
    low = max((tick for tick in TICKS if tick <= min(values)), default=TICKS[0])
    high = min((tick for tick in TICKS if tick >= max(values)), default=TICKS[-1])
    return min(low, 0.9), max(high, 1.2)


def draw(groups):
    """An SVG of groups: (title, [(case, {column: ratio})], {column: mean}). What lies outside is at the edge."""
    all_rows = [row for _, rows, means in groups for row in [*rows, ("geometric mean", means)]]
    series = [name for name in SERIES if any(name in ratios for _, ratios in all_rows)]
    values = [ratios[name] for _, ratios in all_rows for name in series if name in ratios]
    low, high = axis_limits(values)

    def across(ratio):
        place = math.log(min(max(ratio, low), high) / low) / math.log(high / low)
        return LABELS_WIDTH + place * PLOT_WIDTH

    height = HEAD + sum((len(rows) + 1) * ROW + HEAD for _, rows, _ in groups) + 40
    marks = []
    place = LABELS_WIDTH
    for number, name in enumerate(series):
        marks.append(shape(SERIES[name][2], place, 16, f"s{number}"))
        marks.append(f'<text x="{place + 10}" y="20">{escape(name)}</text>')
        place += 30 + 8 * len(name)
    y = HEAD
    for title, rows, means in groups:
        y += HEAD
        marks.append(f'<text class="title" x="8" y="{y - 12}">{escape(title)}</text>')
        top = y - 4
        for case, ratios in [*rows, ("geometric mean", means)]:
            is_mean = ratios is means
            weight = ' class="title"' if is_mean else ""
            marks.append(f'<text{weight} x="{LABELS_WIDTH - 10}" y="{y + 12}" text-anchor="end">{escape(case)}</text>')
            marks.append(f'<line class="grid" x1="{LABELS_WIDTH}" x2="{LABELS_WIDTH + PLOT_WIDTH}" '
                         f'y1="{y + 8}" y2="{y + 8}"/>')
            for number, name in enumerate(series):
                if name in ratios:
                    marks.append(shape(SERIES[name][2], across(ratios[name]), y + 8, f"s{number}"))
            y += ROW
        marks += [f'<line class="{"one" if tick == 1 else "grid"}" x1="{across(tick):.1f}" x2="{across(tick):.1f}" '
                  f'y1="{top}" y2="{y}"/>' for tick in TICKS if low <= tick <= high]
    last = -100
    for tick in sorted((tick for tick in TICKS if low <= tick <= high)):
        if across(tick) - last >= 28 or tick == 1:
            marks.append(f'<text x="{across(tick):.1f}" y="{y + 16}" text-anchor="middle">{tick:g}</text>')
            last = across(tick)
    marks.append(f'<text x="{LABELS_WIDTH + PLOT_WIDTH / 2}" y="{y + 34}" text-anchor="middle">'
                 "CPU time, as a ratio to clang -O3 from C (logarithmic; left of 1 is faster)</text>")
    width = LABELS_WIDTH + PLOT_WIDTH + RIGHT
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'role="img">\n<title>Run time as a ratio to native C</title>\n{style(series)}\n'
            + "\n".join(marks) + "\n</svg>\n")
