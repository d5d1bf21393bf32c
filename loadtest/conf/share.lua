-- Counts the answers of each endpoint until a number of requests is complete; argument: that
-- number. One thread only. Writes one line of JSON when they are, and one about errors when wrk is
-- told to end (SIGINT).
local counts, total, other, limit = {}, 0, 0, nil

function init(args)
  limit = tonumber(args[1])
end

local function report()
  local parts = {}
  for port, count in pairs(counts) do
    parts[#parts + 1] = string.format('"%s": %d', port, count)
  end
  io.write(string.format('\n{"failed": %d, "endpoints": {%s}}\n', other, table.concat(parts, ", ")))
  io.flush()
end

function response(status, headers)
  if total == limit then return end
  total = total + 1
  -- HAProxy writes header names in lower case.
  local endpoint = headers["X-Endpoint"] or headers["x-endpoint"]
  if status == 200 and endpoint then
    counts[endpoint] = (counts[endpoint] or 0) + 1
  else
    other = other + 1
  end
  if total == limit then
    report()
    wrk.thread:stop()
  end
end

function done(summary)
  local errors = summary.errors
  io.write(string.format(
    '\n{"connect": %d, "read": %d, "write": %d, "timeout": %d, "status": %d}\n',
    errors.connect, errors.read, errors.write, errors.timeout, errors.status))
end
