"""Who listens at a broker as Home Assistant does: everything that is kept, and what changes."""

from __future__ import annotations

import asyncio
import json

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from tests.fakes.mqtt_far import let_go


class Ear:
    """Use it as an async context; `kept` is what the broker keeps now, by topic."""

    def __init__(self, port, user="", password=""):
        self._port = port
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self.kept = {}
        self.heard = []
        self._client = Client(CallbackAPIVersion.VERSION2)
        if user:
            self._client.username_pw_set(user, password)
        self._client.on_connect = lambda client, *_: client.subscribe("#")
        self._client.on_subscribe = lambda *_: self._tell(lambda: None)
        self._client.on_message = lambda _client, _data, message: self._tell(
            self._take, message.topic, message.payload.decode()
        )

    async def __aenter__(self):
        self._client.connect("127.0.0.1", self._port)
        self._client.loop_start()
        async with asyncio.timeout(10):
            await self._news.wait()
        return self

    async def __aexit__(self, *_):
        await asyncio.to_thread(let_go, self._client)

    def _tell(self, what, *values):
        def told():
            what(*values)
            self._news.set()

        self._loop.call_soon_threadsafe(told)

    def _take(self, topic, text):
        self.heard.append((topic, text))
        if text:
            self.kept[topic] = text
        else:
            self.kept.pop(topic, None)

    def say(self, topic, text="", *, retain=False):
        """Publish something as somebody else."""
        self._client.publish(topic, text, qos=1, retain=retain)

    async def said_and_heard(self):
        """Return when a word of ours has gone through the broker: all before it has, too."""
        word = f"word/{len(self.heard)}"
        self.say(word, "now")
        await self.until(lambda: (word, "now") in self.heard, "our own word")

    async def until(self, look, what=""):
        """Wait until `look` finds something; return that."""
        async with asyncio.timeout(15):
            while not (found := look()):
                self._news.clear()
                await self._news.wait()
        assert found, what
        return found

    def configs(self):
        """Return what is announced, by topic."""
        found = {one: text for one, text in self.kept.items() if one.endswith("/config")}
        return {topic: json.loads(text) for topic, text in found.items()}

    def announced(self, name):
        """Return the announcement of the device of this name."""
        found = self.configs().values()
        return next((one for one in found if one["device"]["name"] == name), None)

    def told(self, name, key):
        """Return what a component of a device tells now."""
        said = self.announced(name)
        part = said and said["components"].get(key)
        return part and self.kept.get(part["state_topic"])
