-- Posts one form body, read from the file that the first argument names.

require "done"

function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  wrk.body = file:read("*a")
  file:close()
end
