"""Plays a stream against rules on pretend devices, on a clock of its own, in a process of its own.

One rule: nothing leaves this room: no device, no network, no write to the profile.
"""
