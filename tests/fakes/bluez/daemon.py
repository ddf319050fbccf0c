"""The `org.bluez` of a test: adapter, devices and their values, in a thread of its own.

One rule: like the real one it keeps a link when the program that asked for it dies.
Source: the object and error names of BlueZ's doc/org.bluez.{Adapter,Device,GattCharacteristic}.
"""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from tests.fakes.bluez.bus import PrivateBus
from tests.fakes.bluez.gadget import full

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from tests.fakes.bluez.gadget import Characteristic, Gadget

OBJECTS = "org.freedesktop.DBus.ObjectManager"
PROPERTIES = "org.freedesktop.DBus.Properties"
ADAPTER, DEVICE = "org.bluez.Adapter1", "org.bluez.Device1"
SERVICE, VALUE = "org.bluez.GattService1", "org.bluez.GattCharacteristic1"
ADAPTER_PATH = "/org/bluez/hci0"
UNKNOWN_METHOD = "org.freedesktop.DBus.Error.UnknownMethod"
UNKNOWN_OBJECT = "org.freedesktop.DBus.Error.UnknownObject"
NOT_READY = ("org.bluez.Error.NotReady", "Resource Not Ready")
ABORTED = "le-connection-abort-by-local"
_SOON_S = 0.02

Tree = dict[str, dict[str, dict[str, Variant]]]


class Bluez:
    """Bluetooth from construction to `close`. Methods come from the test's thread."""

    def __init__(self, *, powered: bool = True, adapter: bool = True) -> None:
        self.bus = PrivateBus()
        self.powered, self.adapter = powered, adapter
        self.discovering = False
        self.scans = 0
        self.gadgets: list[Gadget] = []
        self._visible: set[str] = set()
        self._news = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._up = threading.Event()
        self._end = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._live(),))
        self._thread.start()
        self._up.wait(10)

    # ------------------------------------------------------------------ the test's thread

    def add(self, gadget: Gadget, *, hidden: bool = False) -> None:
        """Bring a gadget near; a hidden one is not seen until `show`."""
        gadget.path = f"{ADAPTER_PATH}/dev_{gadget.address.replace(':', '_')}"
        gadget.tell = self._tell
        gadget.later = lambda wait_s, then: self._loop.call_later(wait_s, self._noted, then)
        self._do(self.gadgets.append, gadget)
        if not hidden:
            self.show(gadget)

    def show(self, gadget: Gadget) -> None:
        """Let it be seen by whoever searches, now or later."""
        self._do(self._visible.add, gadget.path)
        self._do(self._advertise, gadget)

    def hide(self, gadget: Gadget) -> None:
        """Carry it out of reach; BlueZ forgets what it saw in passing."""
        self.drop(gadget)
        self._do(self._visible.discard, gadget.path)
        self._do(self._signal, "/", OBJECTS, "InterfacesRemoved", "oas", [gadget.path, [DEVICE]])

    def drop(self, gadget: Gadget) -> None:
        """Break the link, as walls and empty batteries do."""
        self._do(self._drop, gadget)

    def power(self, *, on: bool) -> None:
        """Switch the adapter; every link breaks when it goes off."""

        def switch() -> None:
            self.powered = on
            self._changed(ADAPTER_PATH, ADAPTER, {"Powered": Variant("b", on)})
            for gadget in self.gadgets if not on else []:
                self._drop(gadget)

        self._do(switch)

    def wait_for(self, true: Callable[[], bool], timeout_s: float = 10.0) -> bool:
        """Block until something is true here; False when it took too long."""
        with self._news:
            return self._news.wait_for(true, timeout_s)

    def call(self, function: Callable[..., object], *args: object) -> None:
        """Do something in the thread of this stand-in, soon, and wake who waits for it."""
        self._loop.call_soon_threadsafe(self._noted, function, *args)

    def close(self) -> None:
        """End it and its bus; may be called again."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._end.set)
            self._thread.join(10)
            self._loop.close()
            self.bus.close()

    def _do(self, function: Callable[..., object], *args: object) -> None:
        done = threading.Event()
        self.call(function, *args)
        self.call(done.set)
        done.wait(10)

    def _noted(self, function: Callable[..., object], *args: object) -> None:
        with self._news:
            function(*args)
            self._news.notify_all()

    # ------------------------------------------------------------------ its own thread

    async def _live(self) -> None:
        self._bus = MessageBus(bus_address=self.bus.address, negotiate_unix_fd=True)
        await self._bus.connect()
        self._bus.add_message_handler(self._asked)
        await self._bus.request_name("org.bluez")
        self._up.set()
        await self._end.wait()
        for task in self._tasks:
            task.cancel()
        self._bus.disconnect()

    def _start(self, coro: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(coro)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _asked(self, message: Message) -> Message | bool | None:
        if message.message_type is not MessageType.METHOD_CALL or not message.path:
            return None
        if message.destination not in ("org.bluez", self._bus.unique_name):
            return None
        with self._news:
            answer = self._answer(message)
            self._news.notify_all()
        return answer

    def _answer(self, message: Message) -> Message | bool:
        path = message.path or ""
        if message.member == "GetManagedObjects" and path == "/":
            return Message.new_method_return(message, "a{oa{sa{sv}}}", [self._tree()])
        if path == ADAPTER_PATH and self.adapter:
            return self._adapter_asked(message)
        for gadget in self.gadgets:
            if path == gadget.path and path in self._visible:
                self._start(self._device_asked(message, gadget))
                return True
            for one in gadget.characteristics():
                if path == one.path and gadget.connected:
                    self._start(self._value_asked(message, gadget, one))
                    return True
        return Message.new_error(message, UNKNOWN_OBJECT, f"no object {path}")

    def _adapter_asked(self, message: Message) -> Message:
        if message.member == "StartDiscovery":
            if not self.powered:
                return Message.new_error(message, *NOT_READY)
            self.scans += 1
            self._discover(on=True)
            for gadget in self.gadgets:
                self._loop.call_later(_SOON_S, self._noted, self._advertise, gadget)
        elif message.member == "StopDiscovery":
            self._discover(on=False)
        elif message.member not in ("SetDiscoveryFilter", "RemoveDevice", "Set"):
            return Message.new_error(message, UNKNOWN_METHOD, str(message.member))
        return Message.new_method_return(message)

    def _discover(self, *, on: bool) -> None:
        self.discovering = on
        self._changed(ADAPTER_PATH, ADAPTER, {"Discovering": Variant("b", on)})

    async def _device_asked(self, message: Message, gadget: Gadget) -> None:
        if message.member == "Connect":
            await self._connect(message, gadget)
        elif message.member == "Disconnect":
            self._send(Message.new_method_return(message))
            self._noted(self._drop, gadget)
        else:
            self._send(Message.new_error(message, UNKNOWN_METHOD, str(message.member)))

    async def _connect(self, message: Message, gadget: Gadget) -> None:
        faults = gadget.faults
        if faults.never_connects:
            return
        await asyncio.sleep(faults.connect_s)
        if faults.connects:
            name, text = faults.connects.pop(0)
            if text == ABORTED:  # the real one is connected for a moment here
                self._changed(gadget.path, DEVICE, {"Connected": Variant("b", True)})
            self._send(Message.new_error(message, name, text))
            if text == ABORTED:
                await asyncio.sleep(_SOON_S)
                self._changed(gadget.path, DEVICE, {"Connected": Variant("b", False)})
            return
        self._noted(self._join, gadget)
        self._send(Message.new_method_return(message))

    def _join(self, gadget: Gadget) -> None:
        gadget.connected = True
        gadget.connects += 1
        self._changed(gadget.path, DEVICE, {"Connected": Variant("b", True)})
        for path, interfaces in self._values_of(gadget).items():
            self._signal("/", OBJECTS, "InterfacesAdded", "oa{sa{sv}}", [path, interfaces])
        self._changed(gadget.path, DEVICE, {"ServicesResolved": Variant("b", True)})

    def _drop(self, gadget: Gadget) -> None:
        if not gadget.connected:
            return
        gadget.connected = False
        for one in gadget.characteristics():
            one.notifying = False
        self._changed(gadget.path, DEVICE, {"ServicesResolved": Variant("b", False)})
        self._changed(gadget.path, DEVICE, {"Connected": Variant("b", False)})

    async def _value_asked(self, message: Message, gadget: Gadget, one: Characteristic) -> None:
        match message.member:
            case "WriteValue":
                answer = await self._write(message, gadget, one)
            case "ReadValue" if "read" in one.flags:
                answer = Message.new_method_return(message, "ay", [one.value])
            case "StartNotify" if "notify" in one.flags:
                one.notifying = True
                self._changed(one.path, VALUE, {"Notifying": Variant("b", True)})
                answer = Message.new_method_return(message)
            case "StopNotify":
                one.notifying = False
                answer = Message.new_method_return(message)
            case _:
                answer = Message.new_error(message, "org.bluez.Error.NotSupported", "no")
        if answer is not None:
            self._send(answer)

    async def _write(self, message: Message, gadget: Gadget, one: Characteristic) -> Message | None:
        faults = gadget.faults
        if faults.never_takes:
            return None
        if faults.write_s:
            await asyncio.sleep(faults.write_s)
        if faults.writes:
            return Message.new_error(message, *faults.writes.pop(0))
        answers = message.body[1].get("type", Variant("s", "request")).value == "request"
        data = bytes(message.body[0])
        if ("write" if answers else "write-without-response") not in one.flags:
            return Message.new_error(message, "org.bluez.Error.NotSupported", "no such write")
        if not answers and len(data) > gadget.mtu - 3:
            return Message.new_error(message, "org.bluez.Error.InvalidArguments", "too long")
        with self._news:
            gadget.writes.append((one.uuid, data, answers))
            gadget.took(one.uuid, data)
            self._news.notify_all()
        return Message.new_method_return(message)

    # ------------------------------------------------------------------ what it tells

    def _send(self, message: Message) -> None:
        # Nobody waits until it is out: what is told stays in order.
        _ = self._bus.send(message)

    def _signal(self, path: str, interface: str, member: str, kind: str, body: list[Any]) -> None:
        self._send(Message.new_signal(path, interface, member, kind, body))

    def _changed(self, path: str, interface: str, values: dict[str, Variant]) -> None:
        self._signal(path, PROPERTIES, "PropertiesChanged", "sa{sv}as", [interface, values, []])

    def _tell(self, one: Characteristic) -> None:
        self._changed(one.path, VALUE, {"Value": Variant("ay", one.value)})

    def _advertise(self, gadget: Gadget) -> None:
        if gadget.path not in self._visible or not self.discovering or gadget.connected:
            return  # whoever is connected does not call for company
        body = [gadget.path, {DEVICE: self._device(gadget)}]
        self._signal("/", OBJECTS, "InterfacesAdded", "oa{sa{sv}}", body)

    def _tree(self) -> Tree:
        if not self.adapter:
            return {}
        tree: Tree = {ADAPTER_PATH: {ADAPTER: self._adapter_values()}}
        for gadget in self.gadgets:
            if gadget.path in self._visible:
                tree[gadget.path] = {DEVICE: self._device(gadget)}
                tree |= self._values_of(gadget) if gadget.connected else {}
        return tree

    def _adapter_values(self) -> dict[str, Variant]:
        return {
            "Address": Variant("s", "00:11:22:33:44:55"),
            "Name": Variant("s", "fake"),
            "Alias": Variant("s", "fake"),
            "Powered": Variant("b", self.powered),
            "Discovering": Variant("b", self.discovering),
            "Roles": Variant("as", ["central", "peripheral"]),
            "UUIDs": Variant("as", []),
        }

    def _device(self, gadget: Gadget) -> dict[str, Variant]:
        return {
            "Address": Variant("s", gadget.address),
            "AddressType": Variant("s", "public"),
            "Name": Variant("s", gadget.name),
            "Alias": Variant("s", gadget.name),
            "Paired": Variant("b", False),
            "Trusted": Variant("b", False),
            "Blocked": Variant("b", False),
            "Connected": Variant("b", gadget.connected),
            "ServicesResolved": Variant("b", gadget.connected),
            "Adapter": Variant("o", ADAPTER_PATH),
            "UUIDs": Variant("as", list(gadget.advertised)),
            "RSSI": Variant("n", -55),
        }

    def _values_of(self, gadget: Gadget) -> Tree:
        found: Tree = {}
        handle = 10
        for service, values in gadget.services.items():
            place = f"{gadget.path}/service{handle:04x}"
            found[place] = {
                SERVICE: {
                    "UUID": Variant("s", full(service)),
                    "Primary": Variant("b", True),
                    "Device": Variant("o", gadget.path),
                }
            }
            for one in values:
                handle += 2
                one.path = f"{place}/char{handle:04x}"
                found[one.path] = {VALUE: _value(one, place, gadget.mtu)}
            handle += 2
        return found


def _value(one: Characteristic, service: str, mtu: int) -> dict[str, Variant]:
    return {
        "UUID": Variant("s", one.uuid),
        "Service": Variant("o", service),
        "Value": Variant("ay", one.value),
        "Notifying": Variant("b", one.notifying),
        "Flags": Variant("as", list(one.flags)),
        "MTU": Variant("q", mtu),
    }
