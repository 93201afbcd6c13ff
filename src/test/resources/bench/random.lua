-- Requests and answers whose bodies do not compress. Arguments: host, file with the body to send.
local host = "service"
local body = ""

init = function(args)
  host = args[1]
  local file = io.open(args[2], "rb")
  body = file:read("*a")
  file:close()
end

local turn = 0

request = function()
  turn = turn + 1
  local from = turn % 512
  local part = body:sub(from * 2048 + 1, from * 2048 + 2048)
  return table.concat({
    "POST /files/", turn % 64, " HTTP/1.1\r\nHost: ", host, "\r\nContent-Length: ", #part,
    "\r\n\r\n", part})
end

done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("BENCH %d %d %d %d %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    e.connect, e.read, e.write, e.status, e.timeout))
end
