-- Waits 50 ms before it answers 100 bytes.
local DELAY_MILLIS = 50
local BODY = string.rep("x", 99) .. "\n"

core.register_service("slow", "http", function(applet)
  core.msleep(DELAY_MILLIS)
  applet:set_status(200)
  applet:add_header("content-type", "text/plain")
  applet:add_header("content-length", tostring(#BODY))
  applet:start_response()
  applet:send(BODY)
end)
