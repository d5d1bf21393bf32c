-- Sends what the arguments say - method, bytes of the body, "close" or "keep", number of routes -
-- and ends a wrk run with one line of JSON: exact figures, where wrk's own report rounds them.
function init(args)
  local size, routes = tonumber(args[2]), tonumber(args[4])
  wrk.method = args[1]
  if size > 0 then wrk.body = string.rep("x", size) end
  if args[3] == "close" then wrk.headers["Connection"] = "close" end
  if routes > 0 then spread(routes) end
end

-- All routes in turn, in an order that jumps about; every request is made beforehand.
function spread(routes)
  local made, at = {}, 0
  for number = 0, routes - 1 do
    made[number] = wrk.format(nil, "/r" .. number .. "/small")
  end
  function request()
    at = (at + 7919) % routes
    return made[at]
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "micros": %d, "bytes": %d, ' ..
    '"p50Micros": %d, "p99Micros": %d, "p999Micros": %d, ' ..
    '"errors": {"connect": %d, "read": %d, "write": %d, "timeout": %d, "status": %d}}\n',
    summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
    errors.connect, errors.read, errors.write, errors.timeout, errors.status))
end
