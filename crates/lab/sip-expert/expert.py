#!/usr/bin/env python3
"""A Skype for Business expert on a desktop client: pidgin-sipe in libpurple, without a screen.

Commands come on standard input, events go to standard output, one JSON object a line. See README.md.
Needs the Debian packages pidgin-sipe, libxml2-dev and a C compiler.
"""

import ctypes as C
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PRELOADED = "HOOKFLASH_SAX1"


def preload():
    """Starts this program again with the shim of sax1.c before libxml2."""
    folder = tempfile.mkdtemp(prefix="sip-expert-")
    shim = os.path.join(folder, "sax1.so")
    flags = subprocess.run(["xml2-config", "--cflags"], check=True, capture_output=True, text=True).stdout.split()
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, os.path.join(HERE, "sax1.c"), *flags, "-ldl"], check=True)
    environment = dict(os.environ, LD_PRELOAD=shim, **{PRELOADED: folder})
    os.execve(sys.executable, [sys.executable, os.path.abspath(__file__), *sys.argv[1:]], environment)


def say(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


POINTER = C.c_void_p
TEXT = C.c_char_p


class Purple:
    """libpurple and the main loop of GLib. Callbacks are kept, as C holds only their addresses."""

    def __init__(self, folder):
        self.kept = []
        self.purple = C.CDLL("libpurple.so.0", mode=C.RTLD_GLOBAL)
        self.glib = C.CDLL("libglib-2.0.so.0")
        self.handle = C.c_int(0)
        self.glib.g_main_loop_new.restype = POINTER
        self.glib.g_timeout_add.restype = C.c_uint
        self.glib.g_timeout_add_seconds.restype = C.c_uint
        self.glib.g_unix_fd_add.restype = C.c_uint
        self.loop = POINTER(self.glib.g_main_loop_new(None, 0))
        self.start(folder)

    def call(self, name, *arguments, returns=POINTER):
        function = getattr(self.purple, name)
        function.restype = returns
        value = function(*(POINTER(a) if isinstance(a, int) and not isinstance(a, bool) and a > 0xFFFF else a for a in arguments))
        return value

    def address(self, function):
        self.kept.append(function)
        return C.cast(function, POINTER).value

    def start(self, folder):
        timer = C.CFUNCTYPE(C.c_uint, C.c_uint, POINTER, POINTER)
        gone = C.CFUNCTYPE(C.c_int, C.c_uint)
        watch = C.CFUNCTYPE(C.c_uint, C.c_int, C.c_int, POINTER, POINTER)
        add = timer(lambda ms, function, data: self.glib.g_timeout_add(ms, POINTER(function), POINTER(data)))
        add_seconds = timer(lambda s, function, data: self.glib.g_timeout_add_seconds(s, POINTER(function), POINTER(data)))
        remove = gone(lambda source: self.glib.g_source_remove(source))
        operations = (POINTER * 9)(
            self.address(add), self.address(remove), self.address(watch(self.watch)), self.address(remove), None,
            self.address(add_seconds), None, None, None,
        )
        conversations = (POINTER * 25)()
        write = C.CFUNCTYPE(None, POINTER, TEXT, TEXT, TEXT, C.c_int, C.c_long)
        conversations[4] = self.address(write(self.written))
        self.kept += [operations, conversations]
        self.call("purple_util_set_user_dir", folder.encode(), returns=None)
        self.call("purple_debug_set_enabled", int(os.environ.get("SIP_EXPERT_DEBUG", "0")), returns=None)
        self.call("purple_eventloop_set_ui_ops", C.byref(operations), returns=None)
        self.call("purple_conversations_set_ui_ops", C.byref(conversations), returns=None)
        self.call("purple_plugins_add_search_path", b"/usr/lib/purple-2", returns=None)
        if not self.call("purple_core_init", b"hookflash-sip-expert", returns=C.c_int):
            sys.exit("libpurple did not start")
        self.call("purple_set_blist", self.call("purple_blist_new"), returns=None)
        self.call("purple_blist_load", returns=None)

    def watch(self, descriptor, wanted, function, data):
        """libpurple's conditions are 1 to read and 2 to write; GLib's 1, 4, 8 (error) and 16 (hung up)."""
        inner = C.CFUNCTYPE(None, POINTER, C.c_int, C.c_int)(function)

        def ready(found, condition, _):
            purple = (1 if condition & 25 else 0) | (2 if condition & 4 else 0)
            inner(data, found, purple & wanted or wanted)
            return 1

        outer = C.CFUNCTYPE(C.c_int, C.c_int, C.c_int, POINTER)(ready)
        self.kept += [inner, outer]
        return self.glib.g_unix_fd_add(descriptor, (25 if wanted & 1 else 0) | (4 if wanted & 2 else 0), outer, None)

    def on(self, owner, signal, kinds, act):
        function = C.CFUNCTYPE(None, *kinds)(act)
        self.kept.append(function)
        self.call("purple_signal_connect", self.call(owner), signal, C.byref(self.handle), function, None, returns=C.c_ulong)

    def text(self, name, *arguments):
        value = self.call(name, *arguments, returns=TEXT)
        return value.decode("utf-8", "replace") if value else ""

    def written(self, conversation, name, alias, message, flags, when):
        raise NotImplementedError


class Expert(Purple):
    """One signed-in account."""

    def __init__(self, folder):
        super().__init__(folder)
        self.account = None
        self.buffer = b""
        self.on("purple_connections_get_handle", b"signed-on", [POINTER, POINTER], lambda *_: say("signed_in"))
        self.on("purple_connections_get_handle", b"signed-off", [POINTER, POINTER], lambda *_: say("signed_out"))
        self.on("purple_connections_get_handle", b"connection-error", [POINTER, C.c_int, TEXT, POINTER], self.failed)
        self.on("purple_blist_get_handle", b"buddy-added", [POINTER, POINTER], lambda buddy, _: self.tell("contact", buddy))
        for signal in (b"buddy-signed-on", b"buddy-signed-off"):
            self.on("purple_blist_get_handle", signal, [POINTER, POINTER], lambda buddy, _: self.tell("presence", buddy))
        self.on("purple_blist_get_handle", b"buddy-status-changed", [POINTER] * 4, lambda buddy, *_: self.tell("presence", buddy))
        for signal, begins in ((b"buddy-typing", True), (b"buddy-typing-stopped", False)):
            self.on("purple_conversations_get_handle", signal, [POINTER, TEXT, POINTER],
                    lambda account, who, _, begins=begins: say("typing", **{"from": who.decode()}, begins=begins))
        source = C.CFUNCTYPE(C.c_int, C.c_int, C.c_int, POINTER)(self.read)
        self.kept.append(source)
        self.glib.g_unix_fd_add(0, 25, source, None)

    def run(self):
        self.glib.g_main_loop_run(self.loop)

    def failed(self, connection, error, words, _):
        say("error", text=(words or b"").decode("utf-8", "replace"))

    def tell(self, event, buddy):
        presence = self.call("purple_buddy_get_presence", buddy)
        status = self.call("purple_presence_get_active_status", presence)
        say(event, uri=self.text("purple_buddy_get_name", buddy), name=self.text("purple_buddy_get_alias", buddy),
            status=self.text("purple_status_get_id", status))

    def written(self, conversation, name, alias, message, flags, when):
        """Flags: 1 sent, 2 received, 4 of the system, 0x200 an error."""
        html = (message or b"").decode("utf-8", "replace")
        stripped = self.call("purple_markup_strip_html", message)
        text = C.cast(stripped, TEXT).value.decode("utf-8", "replace")
        peer = self.text("purple_conversation_get_name", conversation)
        kind = "error" if flags & 0x200 else "notice" if flags & 4 else "received" if flags & 2 else "sent"
        say(kind, peer=peer, text=text, html=html)

    def read(self, descriptor, condition, _):
        chunk = os.read(descriptor, 65536)
        self.buffer += chunk
        while b"\n" in self.buffer:
            line, self.buffer = self.buffer.split(b"\n", 1)
            try:
                command = json.loads(line)
                getattr(self, "do_" + command.pop("do"))(**command)
            except (ValueError, KeyError, AttributeError, TypeError) as trouble:
                say("refused", text=str(trouble))
        if not chunk:
            self.do_quit()
        return 1 if chunk else 0

    def do_sign_in(self, uri, server):
        name = f"{uri},{uri}".encode()
        self.account = self.call("purple_account_new", name, b"prpl-sipe")
        for key, value in ((b"server", server.encode()), (b"transport", b"tcp"), (b"authentication", b"ntlm")):
            self.call("purple_account_set_string", self.account, key, value, returns=None)
        self.call("purple_account_set_password", self.account, b"none", returns=None)
        self.call("purple_account_set_enabled", self.account, b"hookflash-sip-expert", 1, returns=None)
        available = self.call("purple_savedstatus_new", None, 2)
        self.call("purple_savedstatus_activate", available, returns=None)

    def do_status(self, id):
        self.call("purple_account_set_status_list", self.account, id.encode(), 1, None, returns=None)

    def conversation(self, peer, make):
        found = self.call("purple_find_conversation_with_account", 1, peer.encode(), self.account)
        return found or (self.call("purple_conversation_new", 1, self.account, peer.encode()) if make else None)

    def do_send(self, to, text):
        conversation = self.conversation(to, True)
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        self.call("purple_conv_im_send", self.call("purple_conversation_get_im_data", conversation), escaped.encode(), returns=None)

    def do_typing(self, to):
        connection = self.call("purple_account_get_connection", self.account)
        self.call("serv_send_typing", connection, to.encode(), 1, returns=C.c_uint)

    def do_close(self, peer):
        conversation = self.conversation(peer, False)
        if conversation:
            self.call("purple_conversation_destroy", conversation, returns=None)
        say("closed", peer=peer)

    def do_contacts(self):
        buddies = self.call("purple_find_buddies", self.account, None)
        self.glib.g_slist_nth_data.restype = POINTER
        for at in range(self.glib.g_slist_length(POINTER(buddies))):
            self.tell("contact", self.glib.g_slist_nth_data(POINTER(buddies), at))
        self.glib.g_slist_free(POINTER(buddies))
        say("contacts_end")

    def do_quit(self):
        if self.account:
            self.call("purple_account_disconnect", self.account, returns=None)
        self.glib.g_main_loop_quit(self.loop)


def main():
    if PRELOADED not in os.environ:
        preload()
    # A process of libpurple's must not need the shim.
    os.environ.pop("LD_PRELOAD", None)
    with tempfile.TemporaryDirectory(prefix="sip-expert-", dir=os.environ[PRELOADED]) as folder:
        expert = Expert(folder)
        say("ready")
        expert.run()
    import shutil
    shutil.rmtree(os.environ[PRELOADED], ignore_errors=True)


if __name__ == "__main__":
    main()
