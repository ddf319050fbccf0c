"""The broker for Wi-Fi devices: MQTT 3.1.1 with accounts, in a process of its own.

One rule: nothing reaches the broker's library that the guard has not checked first.
"""
