-- One request again and again, or, with VARIABLES, one of another line of that file each time.
-- PREFIX and SUFFIX are put around each line; TAG goes into If-None-Match.
local prefix, suffix = os.getenv("PREFIX"), os.getenv("SUFFIX")
local tag, path = os.getenv("TAG"), os.getenv("VARIABLES")

wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
if tag ~= "" then wrk.headers["if-none-match"] = tag end
wrk.body = prefix .. suffix

-- Without this function wrk sends the same bytes and asks nobody.
if path ~= "" then
  local lines, following = {}, 1
  function init()
    for line in io.lines(path) do lines[#lines + 1] = line end
  end
  function request()
    local line = lines[following]
    following = following % #lines + 1
    return wrk.format(nil, nil, nil, prefix .. line .. suffix)
  end
end

function done(summary, latency)
  local e = summary.errors
  io.stderr:write(string.format(
    '{"requests":%d,"bytes":%f,"seconds":%f,"errors":%d,"p50Ms":%f,"p90Ms":%f,"p99Ms":%f,"maxMs":%f}\n',
    summary.requests, summary.bytes / math.max(1, summary.requests), summary.duration / 1e6, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1e3, latency:percentile(90) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
