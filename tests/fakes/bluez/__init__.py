"""A stand-in for the system's Bluetooth: `org.bluez` on a bus of its own, and gadgets behind it."""
