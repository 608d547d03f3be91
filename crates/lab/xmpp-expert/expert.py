"""Experts on slixmpp, driven by lines of JSON: a command a line in, its answer a line out."""

import asyncio
import base64
import json
import sys
from xml.etree import ElementTree as ET

import slixmpp

RESPONSE = "{urn:xmpp:tmp:quick-response}response"
FALLBACK = "{urn:xmpp:fallback:0}fallback"
FALLBACK_BODY = "{urn:xmpp:fallback:0}body"
REQUEST = "{urn:xmpp:receipts}request"
RECEIVED = "{urn:xmpp:receipts}received"
STATES = "{http://jabber.org/protocol/chatstates}"
GIF = base64.b64encode(b"GIF89a\x01\x00\x01\x00").decode()


class Expert(slixmpp.ClientXMPP):
    def __init__(self, jid, password, answer, port):
        super().__init__(jid, password)
        for plugin in ("xep_0030", "xep_0199", "xep_0280", "xep_0198"):
            self.register_plugin(plugin)
        self["feature_mechanisms"].unencrypted_plain = True
        self["feature_mechanisms"].unencrypted_scram = True
        self.answer, self.port = answer, port
        self.chats, self.texts, self.rings, self.typed, self.declined = {}, [], 0, 0, 0
        self.receipts, self.subjects, self.nicks, self.language, self.losing = [], [], [], None, 0
        self.refused = []
        self.show, self.note, self.sessions = "", "", 0
        self.ready = asyncio.get_running_loop().create_future()
        self.add_event_handler("session_start", self.started)
        self.add_event_handler("disconnected", lambda _: self.enter())
        self.add_event_handler("failed_auth", self.not_let_in)
        self.add_event_handler("message", self.heard)
        self.add_event_handler("message_error", self.came_back)
        self.listen(RECEIVED, self.confirmed)
        for state in ("composing", "gone", "active"):
            self.listen(STATES + state, self.state)

    def listen(self, child, hear):
        """Messages without words are told to nobody who does not ask for them."""
        path = slixmpp.xmlstream.matcher.MatchXPath("{%s}message/%s" % (self.default_ns, child))
        self.register_handler(slixmpp.xmlstream.handler.Callback(child, path, hear))

    def enter(self):
        self.connect(("127.0.0.1", self.port), use_ssl=False, force_starttls=False, disable_starttls=True)

    def not_let_in(self, _):
        if not self.ready.done():
            self.ready.set_exception(Exception("refused"))

    async def started(self, _):
        await self.get_roster()
        self.show_presence()
        self.sessions += 1
        if not self.ready.done():
            self.ready.set_result(True)

    def show_presence(self):
        self.send_presence(pshow=self.show, pstatus=self.note)

    def confirmed(self, message):
        self.receipts.append(message.xml.find(RECEIVED).get("id"))

    def state(self, message):
        sender = str(message["from"])
        if message.xml.find(STATES + "composing") is not None:
            self.typed += 1
        if message.xml.find(STATES + "gone") is not None:
            for jid in self.started_with(message["from"].bare):
                del self.chats[jid]
                self.declined += 1
            self.chats[sender] = "over"

    def heard(self, message):
        if message["type"] not in ("chat", "normal"):
            return
        sender, body = str(message["from"]), message.xml.find("{jabber:client}body")
        if body is None:
            return
        if self.losing:
            self.losing -= 1
            refusal = message.reply(clear=True)
            refusal["type"], refusal["id"] = "error", message["id"]
            refusal["error"]["condition"], refusal["error"]["type"] = "service-unavailable", "cancel"
            refusal.send()
            return
        if message.xml.find(REQUEST) is not None:
            self.say_raw(sender, None, ET.Element(RECEIVED, {"id": message["id"]}))
        is_question = message.xml.find(RESPONSE) is not None
        text = body.text or ""
        if is_question:
            text = self.without_fallback(message, text)
            subject = message.xml.find("{jabber:client}subject")
            self.subjects.append(subject.text if subject is not None else "")
            nick = message.xml.find("{http://jabber.org/protocol/nick}nick")
            self.nicks.append(nick.text if nick is not None else "")
            self.whole = body.text
        self.texts.append(text.rstrip("\n"))
        if message.xml.find(STATES + "gone") is not None:
            return
        for jid in self.started_with(message["from"].bare):
            del self.chats[jid]
            self.chats[sender] = "open"
        # An agent who goes on talking has the chat open, however the expert said yes.
        if not is_question and self.chats.get(sender) == "ringing":
            self.chats[sender] = "open"
        if is_question and self.chats.get(sender) is None:
            self.rings += 1
            self.chats[sender] = "ringing"
            if self.answer in ("accept", "decline"):
                self.say_raw(sender, self.answer)
                self.chats[sender] = "open" if self.answer == "accept" else "over"

    def started_with(self, agent):
        return [jid for jid, state in self.chats.items() if state == "started" and jid == agent]

    def without_fallback(self, message, text):
        part = message.xml.find(FALLBACK + "/" + FALLBACK_BODY)
        return text[: int(part.get("start"))] + text[int(part.get("end")):] if part is not None else text

    def came_back(self, message):
        """What could not be delivered is said again after a while, as people do, unless nobody is at that address."""
        self.refused.append({"condition": message["error"]["condition"], "text": message["error"]["text"]})
        body = self.sent.get(message["id"])
        if body is not None and message["error"]["condition"] != "item-not-found":
            self.loop.call_later(0.2, lambda: self.say_raw(*body))

    sent = {}

    def say_raw(self, to, text, *more):
        message = self.make_message(mto=to, mtype="chat")
        message["id"] = self.new_id()
        if self.language:
            message["lang"] = self.language
        if text is not None:
            message["body"] = text
            message.xml.append(ET.Element(REQUEST))
            self.sent[message["id"]] = (to, text, *more)
        for element in more:
            message.xml.append(element)
        message.send()
        return message["id"]

    def only(self, *states):
        found = [jid for jid, state in self.chats.items() if state in states]
        assert len(found) == 1, f"{len(found)} chats are {states}: {self.chats}"
        return found[0]

    async def is_gone(self, address):
        """Whether the server knows that nobody is at an address; a ping into nowhere is given up soon."""
        request = self.make_iq_get(ito=address)
        request.xml.append(ET.Element("{urn:xmpp:ping}ping"))
        try:
            await request.send(timeout=1)
        except slixmpp.exceptions.IqError:
            return True
        except slixmpp.exceptions.IqTimeout:
            pass
        return False

    async def publish(self, name, photo):
        given, _, family = name.partition(" ")
        card = ET.Element("{vcard-temp}vCard")

        def add(parent, tag, text=None):
            child = ET.SubElement(parent, "{vcard-temp}" + tag)
            child.text = text
            return child

        add(card, "FN", name)
        names = add(card, "N")
        add(names, "FAMILY", family)
        add(names, "GIVEN", given)
        add(card, "NICKNAME", self.boundjid.user)
        add(card, "TITLE", "Specialist")
        if photo:
            picture = add(card, "PHOTO")
            add(picture, "TYPE", "image/gif")
            add(picture, "BINVAL", GIF)
        request = self.make_iq_set(sub=card)
        await request.send(timeout=10)


experts = {}


async def do(command, port):
    name, kind = command["expert"], command["do"]
    if kind == "sign_in":
        expert = experts[name] = Expert(command["jid"], command["password"], command["answer"], port)
        expert.enter()
        await asyncio.wait_for(expert.ready, 20)
        await expert.publish(command["name"], command.get("photo", False))
        return {}
    expert = experts[name]
    if kind == "got":
        states = list(expert.chats.values())
        return {
            "rings": expert.rings, "ringing": states.count("ringing"), "open": states.count("open"),
            "texts": expert.texts, "typed": expert.typed, "declined": expert.declined,
            "receipts": expert.receipts, "subjects": expert.subjects, "nicks": expert.nicks, "whole": getattr(expert, "whole", None),
            "sessions": expert.sessions, "refused": expert.refused,
        }
    if kind == "say":
        to = command.get("to") or expert.only("open")
        return {"id": expert.say_raw(to, command["text"])}
    if kind == "answer":
        chat = expert.only("ringing")
        is_no = command["text"].lower().startswith(("decline", "ablehnen"))
        expert.chats[chat] = "over" if is_no else "open"
        expert.say_raw(chat, command["text"])
    if kind == "types":
        expert.say_raw(expert.only("open"), None, ET.Element(STATES + "composing"))
    if kind == "leave":
        chat = expert.only("open", "started", "ringing")
        expert.say_raw(chat, None, ET.Element(STATES + "gone"))
        expert.chats[chat] = "over"
    if kind == "start_chat":
        expert.chats[command["to"]] = "started"
        expert.say_raw(command["to"], command["text"])
    if kind == "lose_next":
        expert.losing += 1
    if kind == "show":
        expert.show, expert.note = command.get("show", expert.show), command.get("note", expert.note)
        expert.show_presence()
    if kind == "language":
        expert.language = command["language"]
    if kind == "is_gone":
        return {"gone": await expert.is_gone(command["to"])}
    if kind == "raw":
        expert.send_raw(command["xml"])
    return {}


async def main(port):
    reader = asyncio.StreamReader(limit=2**26)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        try:
            answer = await do(json.loads(line), port)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


asyncio.run(main(int(sys.argv[1])))
