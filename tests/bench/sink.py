"""A Giftwire board that answers at once and notes when each command's bytes were read.

One rule: it costs next to nothing, so that the program is what is measured.
"""

from __future__ import annotations

import binascii
import contextlib
import os
import re
import threading
import time
import tty

_LENGTH = re.compile(rb"\bms=(\d+)")


class Sink:
    """One board behind a pseudo terminal, with its levels named meter, meter2, ..

    `came` is {length in ms: when it was read, in ns}; where several outputs are driven with the
    same length, the last of them counts. `taken` is how many commands came in all.
    """

    def __init__(self, outputs=1):
        self.came = {}
        self.taken = 0
        self.names = self.names_of(outputs)
        self.greeted = threading.Event()
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.path = os.ttyname(self._slave)
        self._summed = False
        self._ended = False
        self._thread = threading.Thread(target=self._listen, name="sink")
        self._thread.start()

    @staticmethod
    def names_of(outputs):
        """Return how the outputs of such a board are called."""
        return [f"meter{number}" for number in ("", *range(2, outputs + 1))][:outputs]

    def close(self):
        self._ended = True
        os.write(self._slave, b"\n")
        # The line discipline hands what we write at our own end to the other; wake our reader.
        os.write(self._master, b"\n")
        self._thread.join(10.0)
        with contextlib.suppress(OSError):
            os.close(self._master)
            os.close(self._slave)

    def _listen(self):
        rest = b""
        with contextlib.suppress(OSError):
            while not self._ended:
                data = os.read(self._master, 65536)
                now_ns = time.perf_counter_ns()
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    self._take(line.rstrip(b"\r"), now_ns)

    def _take(self, line, now_ns):
        words = line.rpartition(b"*")[0].split() if b"*" in line else line.split()
        if not words:
            return
        if words[0].startswith(b"STOP"):
            token = re.sub(rb"\D", b"", line[4:].partition(b"*")[0]) or b"0"
            self._say(b"SAFE " + token)
        elif words[0] == b"HELLO":
            self._summed = b"sum=1" in words
            outputs = len(self.names)
            greeting = b"HELLO v=1 board=bench fw=1 sum=%d lease=3000 outputs=%d"
            self._say(greeting % (self._summed, outputs))
            for name in self.names:
                self._say(b"OUTPUT %s kind=level hazard=none on=60000 title=Meter" % name.encode())
            self.greeted.set()
        else:
            length = _LENGTH.search(line)
            if length:
                self.came[int(length[1])] = now_ns
                self.taken += 1
            self._say(b"OK " + words[0])

    def _say(self, text):
        tail = b"*%04X\n" % binascii.crc_hqx(text, 0xFFFF) if self._summed else b"\n"
        os.write(self._master, text + tail)
