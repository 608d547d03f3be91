"""A mail server on aiosmtpd that keeps what it is given, driven by lines of JSON: a command a line in, its answer a line
out. Mails are read back with Python's own parser."""

import argparse
import asyncio
import email
import email.policy
import json
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, Envelope

# Longer than a test waits.
LINGERS_S = 600


class Keeper:
    """Takes mails, or answers as it was told."""

    def __init__(self, folder):
        self.folder, self.mails, self.refusals, self.hang_up, self.linger = folder, [], [], 0, 0

    async def handle_RCPT(self, server, session, envelope: Envelope, address, options):
        for refusal in self.refusals:
            if refusal["address"] == address and refusal["times"] > 0:
                refusal["times"] -= 1
                return refusal["answer"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        told = self.told(mail, envelope)
        told["encrypted"] = session.ssl is not None or server.over_tls
        told["signed_in"] = bool(session.authenticated)
        self.mails.append(told)
        if self.hang_up > 0:
            self.hang_up -= 1
            server.transport.abort()
        if self.linger > 0:
            self.linger -= 1
            await asyncio.sleep(LINGERS_S)
        return "250 Taken"

    def told(self, mail, envelope):
        number = len(self.mails)
        attachments = []
        for part in mail.iter_attachments():
            content = part.get_payload(decode=True)
            path = self.folder / f"{number}-{len(attachments)}"
            path.write_bytes(content)
            attachments.append(
                {"name": part.get_filename(), "type": part.get_content_type(), "size": len(content), "file": str(path)}
            )
        headers = [[name.lower(), str(value)] for name, value in mail.items()]
        return {
            "sender": envelope.mail_from,
            "recipients": envelope.rcpt_tos,
            "headers": headers,
            "defects": [str(defect) for part in mail.walk() for defect in part.defects],
            "text": mail.get_body(("plain",)).get_content(),
            "attachments": attachments,
        }

    def do(self, command):
        match command["do"]:
            case "mails":
                return {"mails": self.mails}
            case "refuse":
                self.refusals.append({key: command[key] for key in ("address", "answer", "times")})
            case "hang_up":
                self.hang_up = command["times"]
            case "linger":
                self.linger = command["times"]
            case other:
                return {"error": f"there is no command {other}"}
        return {}


class Server(SMTP):
    over_tls = False


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--security", choices=["starttls", "tls"], required=True)
    for name in ("cert", "key", "folder", "user", "password"):
        parser.add_argument(f"--{name}", required=True)
    return parser.parse_args()


def session_of(asked, keeper, context):
    def authenticate(server, session, envelope, mechanism, data):
        right = (data.login, data.password) == (asked.user.encode(), asked.password.encode())
        return AuthResult(success=right, handled=right)

    is_tls = asked.security == "tls"
    server = Server(
        keeper,
        hostname="mail.test",
        authenticator=authenticate,
        auth_required=True,
        auth_require_tls=not is_tls,
        tls_context=None if is_tls else context,
        require_starttls=not is_tls,
    )
    server.over_tls = is_tls
    return server


async def main():
    asked = arguments()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(asked.cert, asked.key)
    keeper = Keeper(pathlib.Path(asked.folder))
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(
        lambda: session_of(asked, keeper, context),
        "127.0.0.1",
        0,
        ssl=context if asked.security == "tls" else None,
    )
    print(json.dumps({"port": listener.sockets[0].getsockname()[1]}), flush=True)
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        print(json.dumps(keeper.do(json.loads(line))), flush=True)


asyncio.run(main())
