"""A person at profanity, an XMPP client for terminals, driven by lines of JSON: a command a line in, its answer a line out."""

import json
import os
import pathlib
import pty
import re
import signal
import sys
import threading

SETTINGS = "[receipts]\nsend=true\nrequest=true\n[chatstates]\nenabled=true\noutgoing=true\n"
# What moves the cursor and colours letters: what is left are the letters.
CONTROLS = re.compile(r"\x1b(?:[\[(][0-9;?]*[ -/]*[@-~B]|[=>78])|[\x00-\x09\x0b-\x1f]")
LIMIT_S = 20


class Terminal:
    def __init__(self, home):
        (pathlib.Path(home) / "profanity").mkdir()
        (pathlib.Path(home) / "profanity" / "profrc").write_text(SETTINGS)
        self.process, self.screen = pty.fork()
        if self.process == 0:
            places = {name: home for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME")}
            # It must not outlive this program, not even when that is killed.
            os.execvpe("setpriv", ["setpriv", "--pdeathsig", "KILL", "profanity"], {**os.environ, **places, "TERM": "xterm", "LC_ALL": "C.UTF-8"})
        self.seen = ""
        self.more = threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        try:
            while data := os.read(self.screen, 65536):
                with self.more:
                    self.seen += CONTROLS.sub("", data.decode(errors="replace"))
                    self.more.notify_all()
        except OSError:  # the terminal is closed
            pass

    def shows(self, text):
        with self.more:
            if not self.more.wait_for(lambda: text in self.seen, LIMIT_S):
                raise Exception(f"the screen does not show it: {self.seen[-1500:]!r}")

    def type(self, text):
        os.write(self.screen, (text + "\r").encode())

    def end(self):
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)


def do(terminal, command):
    if command["do"] == "type":
        terminal.type(command["text"])
    if command["do"] == "shows":
        terminal.shows(command["text"])
    return {}


def main(port, address, password):
    terminal = Terminal(os.environ["HOME"])
    try:
        terminal.shows("Profanity")
        terminal.type(f"/connect {address} server 127.0.0.1 port {port} tls disable")
        terminal.shows("password")
        terminal.type(password)
        for line in sys.stdin:
            try:
                answer = do(terminal, json.loads(line))
            except Exception as error:
                answer = {"error": str(error)}
            print(json.dumps(answer), flush=True)
    finally:
        terminal.end()


main(*sys.argv[1:])
