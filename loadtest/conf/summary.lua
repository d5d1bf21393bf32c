-- Ends a wrk run with one line of JSON: exact figures, where wrk's own report rounds them.
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
