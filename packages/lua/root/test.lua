-- SPDX-License-Identifier: GPL-2.0
local function primes(limit)
	return coroutine.wrap(function()
		local composite = {}
		for n = 2, limit do
			if not composite[n] then coroutine.yield(n) end
			for m = n * n, limit, n do composite[m] = true end
		end
	end)
end

local count, last = 0, 0
for p in primes(10000) do
	count, last = count + 1, p
end
print(string.format("primes %d %d", count, last))

local name = os.tmpname()
local f = assert(io.open(name, "w"))
f:write(("line\n"):rep(1000))
f:close()
local lines = 0
for _ in io.lines(name) do lines = lines + 1 end
os.remove(name)
print("lines " .. lines)
print("error " .. tostring(select(2, pcall(error, "caught", 0))))
print("arguments " .. table.concat(arg, ","))
os.exit(7)
