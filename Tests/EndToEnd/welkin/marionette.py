"""Selenium's commands spoken to Firefox itself, in the protocol that is built into it (Marionette).

Usually geckodriver translates between the two; Debian does not have it. A message is its length, a
colon, and JSON: `[0, id, command, parameters]` there, `[1, id, error, result]` back.
https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

import json
import socket
from itertools import count

from selenium.webdriver.remote.command import Command

#: Selenium's names, and what Marionette calls the same.
NAMES = {
    Command.NEW_SESSION: "NewSession",
    Command.QUIT: "DeleteSession",
    Command.NEW_WINDOW: "NewWindow",
    Command.CLOSE: "CloseWindow",
    Command.GET: "Navigate",
    Command.REFRESH: "Refresh",
    Command.FIND_ELEMENT: "FindElement",
    Command.FIND_ELEMENTS: "FindElements",
    Command.CLEAR_ELEMENT: "ElementClear",
    Command.CLICK_ELEMENT: "ElementClick",
    Command.SEND_KEYS_TO_ELEMENT: "ElementSendKeys",
    Command.GET_ELEMENT_TEXT: "GetElementText",
    Command.GET_ELEMENT_RECT: "GetElementRect",
    Command.GET_ELEMENT_PROPERTY: "GetElementProperty",
    Command.IS_ELEMENT_ENABLED: "IsElementEnabled",
    Command.W3C_GET_ACTIVE_ELEMENT: "GetActiveElement",
    Command.W3C_GET_CURRENT_WINDOW_HANDLE: "GetWindowHandle",
    Command.W3C_GET_WINDOW_HANDLES: "GetWindowHandles",
    Command.SWITCH_TO_WINDOW: "SwitchToWindow",
    Command.SWITCH_TO_FRAME: "SwitchToFrame",
    Command.SWITCH_TO_PARENT_FRAME: "SwitchToParentFrame",
    Command.SET_WINDOW_RECT: "SetWindowRect",
    Command.GET_WINDOW_RECT: "GetWindowRect",
    Command.GET_CURRENT_URL: "GetCurrentURL",
    Command.GET_PAGE_SOURCE: "GetPageSource",
    Command.GET_TITLE: "GetTitle",
    Command.W3C_EXECUTE_SCRIPT: "ExecuteScript",
    Command.W3C_EXECUTE_SCRIPT_ASYNC: "ExecuteAsyncScript",
    Command.W3C_ACTIONS: "PerformActions",
    Command.W3C_CLEAR_ACTIONS: "ReleaseActions",
    Command.SCREENSHOT: "TakeScreenshot",
    Command.SET_TIMEOUTS: "SetTimeouts",
}

#: The key that marks an element in WebDriver's JSON (W3C WebDriver, section 11).
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Marionette:
    """Stands where Selenium expects the connection to a driver."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._input = self._socket.makefile("rb")
        self._ids = count(1)
        self._receive()  # the greeting

    def close(self) -> None:
        self._input.close()
        self._socket.close()

    def execute(self, command: str, parameters: dict) -> dict:
        """Sends a command; the answer, or the error, in the form that Selenium's own connection gives it."""
        number = next(self._ids)
        message = json.dumps([0, number, f"WebDriver:{NAMES[command]}", self._parameters(command, parameters)])
        data = message.encode()
        self._socket.sendall(b"%d:" % len(data) + data)
        _, answered, error, result = self._receive()
        assert answered == number
        if error:
            return {"status": 500, "value": json.dumps({"value": error})}
        # Some results are values by themselves, the others have theirs as a member.
        wrapped = isinstance(result, dict) and result.keys() == {"value"}
        return {"value": result["value"] if wrapped else result}

    @staticmethod
    def _parameters(command: str, parameters: dict) -> dict:
        rest = {name: value for name, value in parameters.items() if name != "sessionId"}
        if command == Command.NEW_SESSION:
            return rest["capabilities"]["alwaysMatch"]
        if command == Command.SWITCH_TO_WINDOW:
            return {"handle": rest["handle"], "focus": True}
        if command == Command.SWITCH_TO_FRAME and isinstance(rest["id"], dict):
            return {"element": rest["id"][ELEMENT]}
        if command == Command.SCREENSHOT:
            return {"full": False}
        return rest

    def _receive(self) -> list:
        length = b""
        while (byte := self._input.read(1)) != b":":
            assert byte, "Firefox has closed the connection"
            length += byte
        return json.loads(self._input.read(int(length)))
