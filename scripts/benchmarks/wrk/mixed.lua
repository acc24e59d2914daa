-- Posts launches that succeed, launches that are refused, and reads and renews a session, in turn:
-- every path of the handler takes part in the memory measurement.
-- Arguments: file with a good form body, file with a bad one, LAUNCH, session token, origin.
-- Refusals are expected here, so the result's "status" is not an error; see done.lua for its form.

require "done"

local turns, turn = {}, 0

local function content(path)
  local file = assert(io.open(path, "rb"))
  local bytes = file:read("*a")
  file:close()
  return bytes
end

function init(arguments)
  local form = { ["Content-Type"] = "application/x-www-form-urlencoded" }
  local session = "/a/main/" .. arguments[3] .. "/session"
  local cookie = "__Secure-welkin=" .. arguments[4]
  local json = { ["Content-Type"] = "application/json", Cookie = cookie, Origin = arguments[5] }
  turns = {
    wrk.format("POST", "/launch", form, content(arguments[1])),
    wrk.format("POST", "/launch", form, content(arguments[2])),
    wrk.format("GET", session, { Cookie = cookie }),
    wrk.format("POST", session, json, "{}"),
    wrk.format("GET", "/nowhere"),
  }
end

function request()
  turn = turn % #turns + 1
  return turns[turn]
end
