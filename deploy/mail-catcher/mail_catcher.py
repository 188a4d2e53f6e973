#!/usr/bin/env python3
"""A real SMTP receiver for the demonstration and the tests: listens on this machine only and keeps each mail as a file.

    mail_catcher.py --dir data/mail --port 2525 --http 8025

Each mail becomes one .eml file in the folder (written beside it and renamed, so that a reader never sees half a mail). The
envelope is kept in front as X-Envelope-From and X-Envelope-To. When it is ready it prints one line on standard output:

    mail-catcher listening on 127.0.0.1:PORT
    mail-catcher page on http://127.0.0.1:PORT/        (with --http)

Port 0 takes any free one. The tests ask it to misbehave: --fail-rcpt refuses an address for good (550), --greylist refuses
the first N attempts of every sender and receiver for the moment (451).
"""

import argparse
import asyncio
import email
import email.policy
import html
import http.server
import itertools
import os
import pathlib
import signal
import sys
import threading
import time
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit

from aiosmtpd.smtp import SMTP

HOST = "127.0.0.1"
PAGE_MAILS = 200
# Milliseconds, process and a running number: names sort by arrival and never collide, after a restart either.
SEQUENCE = itertools.count(1)


class Catcher:
    """What aiosmtpd calls for each command of a sender."""

    def __init__(self, folder, refused, greylist):
        self.folder = folder
        self.refused = {address.lower() for address in refused}
        self.greylist = greylist
        self.attempts = {}

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.lower() in self.refused:
            return "550 5.1.1 no such mailbox"
        if self.greylist:
            pair = ((envelope.mail_from or "").lower(), address.lower())
            self.attempts[pair] = self.attempts.get(pair, 0) + 1
            if self.attempts[pair] <= self.greylist:
                return "451 4.7.1 greylisted, try again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        try:
            await asyncio.to_thread(store, self.folder, envelope.mail_from, envelope.rcpt_tos, envelope.original_content)
        except OSError as fault:
            print(f"mail-catcher cannot store a mail: {fault}", file=sys.stderr, flush=True)
            return "452 4.3.1 cannot store the mail now"
        return "250 2.0.0 stored"


def store(folder, sender, receivers, content):
    name = f"{time.time_ns() // 1_000_000:014d}-{os.getpid()}-{next(SEQUENCE):06d}.eml"
    draft = folder / "tmp" / name
    head = f"X-Envelope-From: {sender or '<>'}\r\nX-Envelope-To: {', '.join(receivers)}\r\n"
    with open(draft, "wb") as file:
        file.write(head.encode("utf-8", "replace") + content)
        file.flush()
        os.fsync(file.fileno())
    os.rename(draft, folder / name)


def mails(folder, limit=None):
    """Newest first, as (file name, parsed message)."""
    for path in sorted(folder.glob("*.eml"), reverse=True)[:limit]:
        try:
            yield path.name, email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        except FileNotFoundError:
            continue  # cleared between listing and reading


def text_of(message):
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        return body.get_content().strip()
    except (LookupError, UnicodeError):  # a charset nobody knows: show what can be shown
        return (body.get_payload(decode=True) or b"").decode("utf-8", "replace").strip()


def when(message):
    try:
        return parsedate_to_datetime(message["date"]).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except (TypeError, ValueError):
        return str(message["date"] or "")


STYLE = """
body { font-family: "Noto Sans CJK SC", "WenQuanYi Micro Hei", "PingFang SC", "Microsoft YaHei", sans-serif;
  max-width: 46rem; margin: 1.5rem auto; padding: 0 1rem; color: #1d2129; line-height: 1.6 }
h1 { font-size: 1.25rem } article { border-top: 1px solid #d5d9e0; padding: .75rem 0 }
h2 { font-size: 1rem; margin: 0 } p { margin: .1rem 0; color: #4e5969; font-size: .875rem }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; background: #f5f6f8; padding: .6rem .8rem; margin: .4rem 0 0 }
"""


def page(folder):
    total = len(list(folder.glob("*.eml")))
    items = []
    for name, message in mails(folder, PAGE_MAILS):
        subject, to = str(message["subject"] or "（无主题）"), str(message["x-envelope-to"] or message["to"] or "")
        items.append(
            f'<article id="{html.escape(name)}"><h2>{html.escape(subject)}</h2>'
            f"<p>收件人：{html.escape(to)}</p><p>时间：{html.escape(when(message))}　"
            f'<a href="/{html.escape(name)}">查看原件</a></p><pre>{html.escape(text_of(message))}</pre></article>'
        )
    count = f"共 {total} 封，最新的在最前" + (f"，只列出最近 {PAGE_MAILS} 封" if total > PAGE_MAILS else "")
    listing = "".join(items) if items else "<p>还没有邮件。系统发出的通知会出现在这里，刷新本页即可查看。</p>"
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>演示邮箱</title><style>{STYLE}</style><h1>演示邮箱</h1>"
        f"<p>这里只收本机演示系统发出的邮件，不会寄给任何人。{count}。</p>{listing}</html>"
    )


def page_server(folder, port):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            path = unquote(urlsplit(self.path).path)
            name = path.removeprefix("/")
            if path == "/":
                self.answer(200, "text/html; charset=utf-8", page(folder).encode())
            # A file name and nothing else: no way out of the folder.
            elif name.endswith(".eml") and "/" not in name and (folder / name).is_file():
                self.answer(200, "text/plain; charset=utf-8", (folder / name).read_bytes())
            else:
                self.answer(404, "text/plain; charset=utf-8", "没有这个页面。\n".encode())

        def answer(self, status, kind, body):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer((HOST, port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


async def serve(options):
    folder = options.dir.resolve()
    (folder / "tmp").mkdir(parents=True, exist_ok=True)
    catcher = Catcher(folder, options.fail_rcpt, options.greylist)
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)

    def session():
        return SMTP(catcher, hostname="mail-catcher.localhost", enable_SMTPUTF8=True, data_size_limit=64 << 20, loop=loop)

    server = await loop.create_server(session, HOST, options.port)
    web = page_server(folder, options.http) if options.http is not None else None
    if web:
        print(f"mail-catcher page on http://{HOST}:{web.server_address[1]}/", flush=True)
    print(f"mail-catcher listening on {HOST}:{server.sockets[0].getsockname()[1]}", flush=True)
    await stop.wait()
    server.close()
    if web:
        await asyncio.to_thread(web.shutdown)
        web.server_close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dir", type=pathlib.Path, default=pathlib.Path("data/mail"), help="folder for the .eml files")
    parser.add_argument("--port", type=int, default=2525, help="SMTP port on 127.0.0.1; 0 takes any free one")
    parser.add_argument("--http", type=int, metavar="PORT", help="also show the mails on a page at this port; 0 takes any")
    parser.add_argument("--fail-rcpt", action="append", default=[], metavar="ADDRESS", help="refuse this receiver (550)")
    parser.add_argument("--greylist", type=int, default=0, metavar="N", help="refuse the first N attempts (451)")
    options = parser.parse_args()
    try:
        asyncio.run(serve(options))
    except OSError as fault:
        sys.exit(f"mail-catcher cannot start: {fault}")


if __name__ == "__main__":
    main()
