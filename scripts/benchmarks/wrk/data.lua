-- Asks for the `context` of many launches in turn. Each thread has every other one, so that no launch comes near the
-- 20 requests a second that it may make.
-- Arguments: file with a launch and its session token on each line, Origin.

require "done"

local threads = 0

function setup(thread)
  thread:set("part", threads)
  threads = threads + 1
end

local requests, turn = {}, 0

function init(arguments)
  local number = 0
  for launch, token in string.gmatch(io.open(arguments[1]):read("*a"), "(%S+) (%S+)\n") do
    number = number + 1
    if number % 2 == part then
      local headers = {
        ["Content-Type"] = "application/json", ["X-Welkin-Session"] = token, Origin = arguments[2],
      }
      requests[#requests + 1] = wrk.format("POST", "/a/main/" .. launch .. "/data/context", headers, "{}")
    end
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end
