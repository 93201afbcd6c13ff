-- Requests of about 870 bytes, as an API gets them, in the name of one of many callers.
-- Arguments: host, file with a token per line, how many of them to use.
local tokens = {}
local used = 1
local host = "service"

init = function(args)
  host = args[1]
  used = tonumber(args[3])
  for line in io.lines(args[2]) do
    tokens[#tokens + 1] = line
    if #tokens == used then break end
  end
  math.randomseed(20261122)
end

local hex = function(n)
  local out = {}
  for i = 1, n / 8 do out[i] = string.format("%08x", math.random(0, 4294967295)) end
  return table.concat(out)
end

local ids = {}
for i = 1, 4096 do ids[i] = hex(32) end
local turn = 0

request = function()
  turn = turn + 1
  return table.concat({
    "GET /api/orders/", math.random(1, 1000000), " HTTP/1.1\r\nHost: ", host, "\r\n",
    "Authorization: Bearer ", tokens[turn % used + 1], "\r\n",
    "X-Request-Id: ", ids[math.random(1, 4096)], "\r\n",
    "Traceparent: 00-", ids[math.random(1, 4096)], "-00f067aa0ba902b7-01\r\n",
    "User-Agent: checkout/2.14.1\r\nAccept: application/json\r\nAccept-Encoding: identity\r\n\r\n"})
end

done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("BENCH %d %d %d %d %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    e.connect, e.read, e.write, e.status, e.timeout))
end
