-- A mixed load for the interpreter: closures, tables, metatables, string patterns, integers and floats.
-- Usage: lua report.lua [SIZE]; prints digests that depend on every step. No error is raised, no coroutine is used:
-- both need longjmp.

local size = tonumber(arg and arg[1]) or 200

-- A linear congruential generator, so that every run sees the same numbers.
local function generator(seed)
  local state = seed
  return function(limit)
    state = (state * 6364136223846793005 + 1442695040888963407)
    return (state >> 33) % limit
  end
end

local function digest(text)
  local hash = 0xcbf29ce484222325
  for i = 1, #text do
    hash = (hash ~ text:byte(i)) * 0x100000001b3
  end
  return ("%016x"):format(hash)
end

local Vector = {}
Vector.__index = Vector
Vector.__add = function(a, b) return Vector.new(a.x + b.x, a.y + b.y) end
Vector.__eq = function(a, b) return a.x == b.x and a.y == b.y end
Vector.__tostring = function(v) return ("(%.6f, %.6f)"):format(v.x, v.y) end
function Vector.new(x, y) return setmetatable({ x = x, y = y }, Vector) end

local function sieve(limit)
  local composite, primes = {}, {}
  for n = 2, limit do
    if not composite[n] then
      primes[#primes + 1] = n
      for multiple = n * n, limit, n do composite[multiple] = true end
    end
  end
  return primes
end

local function words(count, random)
  local list = {}
  for i = 1, count do
    local letters = {}
    for j = 1, 3 + random(5) do letters[j] = string.char(97 + random(26)) end
    list[i] = table.concat(letters)
  end
  return list
end

local function histogram(list)
  local counts, keys = {}, {}
  for _, word in ipairs(list) do
    local key = word:sub(1, 1)
    if not counts[key] then keys[#keys + 1] = key end
    counts[key] = (counts[key] or 0) + 1
  end
  table.sort(keys)
  local lines = {}
  for _, key in ipairs(keys) do lines[#lines + 1] = key .. "=" .. counts[key] end
  return table.concat(lines, " ")
end

local function template(text, values)
  return (text:gsub("{(%w+)}", values):gsub("%s+", " "))
end

local random = generator(42)
local list = words(size * 20, random)
print("histogram", histogram(list))
table.sort(list, function(a, b) return #a < #b or (#a == #b and a < b) end)
print("sorted", list[1], list[#list], digest(table.concat(list, ",")))

local primes = sieve(size * 50)
print("primes", #primes, primes[#primes])

local sum = Vector.new(0, 0)
for i = 1, size * 10 do sum = sum + Vector.new(math.sin(i), math.cos(i)) end
print("vector", sum, sum == sum + Vector.new(0, 0))

print(template("{greeting},   {name}! {unknown}", { greeting = "Hello", name = "world" }))
print("formats", ("%5d|%-5s|%05.2f|%x|%q"):format(42, "ab", math.pi, 255, 'a "quoted"\nline'))
print("integers", 7 // 2, -7 // 2, 7 % -3, 1 << 62, math.maxinteger + 1 == math.mininteger, 5 // 0.0)
print("matches", ("2024-05-17 10:22:03"):match("(%d+)-(%d+)-(%d+) (%d+):(%d+):(%d+)"))

local packed = string.pack("<i4 d s2", -5, 2.5, "text")
print("pack", #packed, string.unpack("<i4 d s2", packed))
print("utf8", utf8.len("grüße €"), utf8.char(0x20ac, 0x1f600), digest(collectgarbage("count") > 0 and "ok" or ""))
