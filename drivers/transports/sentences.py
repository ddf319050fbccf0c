"""Sentences that several drivers and transports say when a device fails.

One rule: what is wrong first, then what to do; no word of a transport the device has not.
"""

from __future__ import annotations

from typing import Final

from drivers.contract import N_

RESTARTED: Final = N_(
    "The board restarted. Check its power and its cable; we connect by ourselves."
)
SILENT: Final = N_(
    "The broker is there, but the device does not answer. Check its topic or name, and its power."
)
NO_SUCH_ADDRESS: Final = N_(
    "Nothing in your network has this name. Check it, or use the device's number "
    "such as 192.168.1.20."
)
BAD_ADDRESS: Final = N_("This address cannot be used. Check how it is written.")
BAD_CERTIFICATE: Final = N_(
    "This address cannot prove who it is. Check it, and the date of this computer. "
    "For your own device, “Take any certificate” helps where it is offered."
)
NOT_SECURE: Final = N_(
    "There is no secure connection to be had there. Check the port, or connect without TLS."
)
KEPT_FROM_NETWORK: Final = N_(
    "This computer does not let Giftwire into the network. Allow it in the firewall."
)
TAKEN: Final = N_("Another program has taken this port. Close that program.")
NO_SUCH_PORT: Final = N_("There is no port {port}. Choose one from 1 to 65535.")
SIGN_IN: Final = N_(
    "It does not let us in. Check the user, the password or the key in the device's settings."
)
NO_BROKER: Final = N_(
    "It is not said which broker the device is at. Fill in the address of the broker."
)
NOTHING_TO_SWITCH: Final = N_(
    "The device tells of nothing that can be switched. Check its topic, or add it as another kind."
)
LEFT_BROKER: Final = N_(
    "The device has left the broker. Check its power and its Wi-Fi; we go on when it is back."
)
BROKER_FULL: Final = N_("The broker takes no more messages. Check the network.")
WEB_ADDRESS: Final = N_(
    "The address must begin with http:// or https://, with a name or number behind it."
)
ODD_LETTERS: Final = N_(
    "A password, token or header of this device has letters that cannot be sent. Type it again."
)
TOO_SLOW: Final = N_("The device is too slow for so many commands. Send it fewer.")
HOMING: Final = N_("The machine is looking for its end switches. Wait until it stands.")
