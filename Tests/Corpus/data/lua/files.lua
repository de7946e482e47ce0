-- Files and the environment: writes, appends, reads in several ways, seeks, renames, removes; then exits with 3.

local path = "/notes.txt"
local file = assert(io.open(path, "w"))
for i = 1, 100 do file:write(i, " squared is ", i * i, "\n") end
file:close()

file = assert(io.open(path, "a"))
file:write("last line without an end")
print("size", file:seek("end"))
file:close()

local count, last = 0, nil
for line in io.lines(path) do count, last = count + 1, line end
print("lines", count, last)

file = assert(io.open(path, "r+b"))
file:seek("set", 10)
print("bytes", ("%q"):format(file:read(12)))
print("number", file:seek("cur"), file:read("n"))
file:close()

print("rename", os.rename(path, "/renamed.txt"))
print("gone", io.open(path, "r"))
print("remove", os.remove("/renamed.txt"))
print("remove again", os.remove("/renamed.txt"))
print("environment", os.getenv("CORPUS_VALUE"), os.getenv("HOME"))
for line in io.stdin:lines() do print("input", line:upper()) end
io.stdout:write("done\n")
os.exit(3)
