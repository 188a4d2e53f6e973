#!/usr/bin/env python3
"""The mail catcher, tried as a sender sees it: a real process, real SMTP, real HTTP."""

import email.message
import pathlib
import re
import shutil
import signal
import smtplib
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = shutil.which("mail-catcher", path=str(HERE.parents[1] / ".tools" / "bin")) or shutil.which("mail-catcher")


@unittest.skipIf(PROGRAM is None, "run deploy/setup/mail-catcher.sh first")
class MailCatcher(unittest.TestCase):
    def start(self, *options):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.process = subprocess.Popen(
            [PROGRAM, "--dir", folder.name, "--port", "0", "--http", "0", *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        self.addCleanup(self.stop)
        self.page = re.fullmatch(r"mail-catcher page on (http://127\.0\.0\.1:\d+/)\n", self.process.stdout.readline())[1]
        ready = re.fullmatch(r"mail-catcher listening on 127\.0\.0\.1:(\d+)\n", self.process.stdout.readline())
        self.port = int(ready[1])

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        _, errors = self.process.communicate(timeout=10)
        self.assertEqual((self.process.returncode, errors), (0, ""))

    def send(self, subject="催办通知", text="请于今日签收。", to="dispatcher-city@mingcha.example"):
        message = email.message.EmailMessage()
        message["From"], message["To"], message["Subject"] = "mingcha@mingcha.example", to, subject
        message["Date"] = "Mon, 01 Jun 2020 09:00:00 +0800"
        message.set_content(text)
        with smtplib.SMTP("127.0.0.1", self.port, timeout=10) as sender:
            sender.send_message(message)

    def read(self, path=""):
        with urllib.request.urlopen(self.page + path, timeout=10) as answer:
            return answer.read().decode()

    def test_a_mail_becomes_one_file_and_one_entry_of_the_page(self):
        self.start()
        self.assertIn("还没有邮件", self.read())
        self.send()
        files = list(self.folder.glob("*.eml"))
        self.assertEqual(len(files), 1)
        self.assertEqual(list((self.folder / "tmp").iterdir()), [])
        shown = self.read()
        for expected in ("催办通知", "请于今日签收。", "dispatcher-city@mingcha.example", "2020-06-01", "共 1 封"):
            self.assertIn(expected, shown)
        self.assertIn("X-Envelope-To: dispatcher-city@mingcha.example", self.read(files[0].name))

    def test_the_newest_stands_first_and_nothing_in_a_mail_becomes_markup(self):
        self.start()
        self.send(subject="第一封")
        self.send(subject="<script>alert(1)</script>", text="<img src=x onerror=alert(2)>")
        shown = self.read()
        self.assertLess(shown.index("&lt;script&gt;"), shown.index("第一封"))
        self.assertNotIn("<script", shown)
        self.assertNotIn("<img", shown)

    def test_no_path_leads_out_of_the_folder(self):
        self.start()
        for path in ("../mail_catcher.py", "..%2f..%2fetc%2fpasswd", "tmp/x.eml", "nothing.eml"):
            with self.assertRaises(urllib.error.HTTPError) as refused:
                self.read(path)
            self.assertEqual(refused.exception.code, 404)

    def test_a_refused_address_is_refused_for_good(self):
        self.start("--fail-rcpt", "gone@mingcha.example")
        with self.assertRaises(smtplib.SMTPRecipientsRefused) as refused:
            self.send(to="Gone@mingcha.example")
        self.assertEqual([code for code, _ in refused.exception.recipients.values()], [550])
        self.send()
        self.assertEqual(len(list(self.folder.glob("*.eml"))), 1)

    def test_a_greylisted_sender_succeeds_when_it_comes_back(self):
        self.start("--greylist", "2")
        for _ in range(2):
            with self.assertRaises(smtplib.SMTPRecipientsRefused) as refused:
                self.send()
            self.assertEqual([code for code, _ in refused.exception.recipients.values()], [451])
        self.send()
        self.assertEqual(len(list(self.folder.glob("*.eml"))), 1)

    def test_it_stops_cleanly_with_a_sender_still_connected(self):
        self.start()
        with smtplib.SMTP("127.0.0.1", self.port, timeout=10):
            self.stop()


if __name__ == "__main__":
    unittest.main()
