# Totals of each customer, sorted; a recursive function, a path expression and a string interpolation.
def total: [.lines[] | .count * .price] | add // 0;
def factorial: if . <= 1 then 1 else . * (. - 1 | factorial) end;
{
  shop,
  customers: (.orders | group_by(.customer.name) | map({name: .[0].customer.name, orders: length, total: (map(total) | add)})
    | sort_by(-.total)),
  leaves: ([paths(scalars)] | length),
  deep: ([.. | numbers] | [add, length, max]),
  factorial: (20 | factorial),
  label: "\(.shop | @json) has \(.orders | length) orders, \(.orders | map(.customer.city) | unique | join("/"))",
  encoded: [.shop | @base64, @uri, @html],
  floats: [1, 3.5, -2.25 | floor, sqrt?, pow(.; 2)],
  reduced: (reduce range(1000) as $i (0; . + $i * $i))
}
