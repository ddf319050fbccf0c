"""Things the user should read once, and the words for them.

One rule: a notice is a code with values; its sentence lives here and nowhere else.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.core.links import Words
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


class Level(enum.StrEnum):
    """How much a notice matters: nothing to do, something to look at, something went wrong."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class NoticeCode(enum.StrEnum):
    """What happened; each has its words in `NOTICE_WORDS`."""

    PROFILE_READ_ONLY = "profile_read_only"
    PROFILE_NOT_A_FOLDER = "profile_not_a_folder"
    JOURNAL_SET_ASIDE = "journal_set_aside"
    JOURNAL_NEWER = "journal_newer"
    JOURNAL_IN_MEMORY = "journal_in_memory"
    DISK_FULL = "disk_full"
    FILES_LOCKED = "files_locked"
    SAVED_AGAIN = "saved_again"
    ROWS_LOST = "rows_lost"
    DOCUMENT_RESTORED = "document_restored"
    DOCUMENT_WAS_GONE = "document_was_gone"
    DOCUMENT_STARTED_FRESH = "document_started_fresh"
    DOCUMENT_NEWER = "document_newer"
    DOCUMENT_SAVED = "document_saved"
    DOCUMENT_EDITED_TWICE = "document_edited_twice"
    NOT_SAVED = "not_saved"
    SETTING_IGNORED = "setting_ignored"
    SETTING_FIXED = "setting_fixed"
    SETTING_UNKNOWN = "setting_unknown"
    SETTING_WRONG = "setting_wrong"
    SECRETS_THIS_RUN_ONLY = "secrets_this_run_only"
    RULE_SET_ASIDE = "rule_set_aside"
    DRIVER_BROKEN = "driver_broken"
    CORE_RESTARTED = "core_restarted"
    DEVICES_UNSAFE = "devices_unsafe"
    CLOCK_JUMPED = "clock_jumped"
    COMPUTER_SLEPT = "computer_slept"
    RECORDING_STOPPED = "recording_stopped"
    REPLAY_ENDED = "replay_ended"
    NOT_A_RECORDING = "not_a_recording"
    SECRETS_LOCKED = "secrets_locked"
    KEYRING_LOCKED = "keyring_locked"
    KEYRING_OPEN = "keyring_open"
    MQTT_CUT = "mqtt_cut"
    MQTT_BACK = "mqtt_back"
    OBS_CUT = "obs_cut"
    OBS_BACK = "obs_back"
    DOOR_PORT_TAKEN = "door_port_taken"
    RULE_NOTE = "rule_note"
    RULE_ALARM = "rule_alarm"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell the user. A later notice with the same `key` replaces this one."""

    key: str
    level: Level
    code: NoticeCode
    values: Mapping[str, str] = field(default_factory=dict)


# Slots in braces are filled from the notice's `values`.
NOTICE_WORDS: dict[NoticeCode, Words] = {
    NoticeCode.PROFILE_READ_ONLY: Words(
        N_("Giftwire cannot write to its folder {folder}."),
        N_("Gifts still run. Until this is fixed nothing is remembered after you quit."),
    ),
    NoticeCode.PROFILE_NOT_A_FOLDER: Words(
        N_("{folder} cannot be used as the Giftwire folder."),
        N_("Start Giftwire with another folder. Until then nothing is remembered after you quit."),
    ),
    NoticeCode.JOURNAL_SET_ASIDE: Words(
        N_("The history file was damaged."),
        N_("It was kept as {file}, and a new history began. Gifts are not affected."),
    ),
    NoticeCode.JOURNAL_NEWER: Words(
        N_("The history was written by a newer Giftwire."),
        N_("It is left untouched. Install the newer version to see it and to go on with it."),
    ),
    NoticeCode.JOURNAL_IN_MEMORY: Words(
        N_("The history cannot be saved."),
        N_("Gifts still run. This history is forgotten when you quit."),
    ),
    NoticeCode.DISK_FULL: Words(
        N_("The disk is full."),
        N_("Free some space. Gifts still run, and the history is saved as soon as there is room."),
    ),
    NoticeCode.FILES_LOCKED: Words(
        N_("Another program is holding Giftwire's files."),
        N_("Gifts still run, and the history is saved as soon as the files are free."),
    ),
    NoticeCode.SAVED_AGAIN: Words(N_("The history is being saved again."), N_("Nothing to do.")),
    NoticeCode.ROWS_LOST: Words(
        N_("Part of the history could not be saved."),
        N_("Free some disk space. Gifts were still counted and still run."),
    ),
    NoticeCode.DOCUMENT_RESTORED: Words(
        N_("{file} was damaged, so the last good copy is used."),
        N_("Check that nothing is missing. The damaged file is kept beside it."),
    ),
    NoticeCode.DOCUMENT_WAS_GONE: Words(
        N_("{file} was gone, so the last good copy is used."), N_("Check that nothing is missing.")
    ),
    NoticeCode.DOCUMENT_STARTED_FRESH: Words(
        N_("{file} was damaged and there is no good copy."),
        N_("We began with a new one. The damaged file is kept beside it."),
    ),
    NoticeCode.DOCUMENT_NEWER: Words(
        N_("{file} was written by a newer Giftwire."),
        N_("It is left untouched and changes are not saved. Install the newer version."),
    ),
    NoticeCode.DOCUMENT_SAVED: Words(
        N_("{file} is saved again."), N_("Nothing to do. All changes are kept.")
    ),
    NoticeCode.DOCUMENT_EDITED_TWICE: Words(
        N_("{file} was edited outside while it was changed here."),
        N_("The changes made here hold. The other version is kept as {kept}."),
    ),
    NoticeCode.NOT_SAVED: Words(
        N_("{file} could not be saved."),
        N_("Your change works until you quit. Check the disk and its permissions."),
    ),
    NoticeCode.SETTING_IGNORED: Words(
        N_("The setting {key} has a value that does not fit."), N_("The usual value is used.")
    ),
    NoticeCode.SETTING_FIXED: Words(
        N_("This setting is fixed by {variable}."),
        N_("Remove that environment variable to change it here."),
    ),
    NoticeCode.SETTING_UNKNOWN: Words(
        N_("There is no setting called {key}."), N_("Check the spelling.")
    ),
    NoticeCode.SETTING_WRONG: Words(
        N_("This value does not fit the setting {key}."), N_("Choose another value.")
    ),
    NoticeCode.SECRETS_THIS_RUN_ONLY: Words(
        N_("This computer offers no safe place for keys."),
        N_("Keys are kept until you quit, and are never written to a file."),
    ),
    NoticeCode.SECRETS_LOCKED: Words(
        N_("The passphrase does not open the saved keys."),
        N_("Start Giftwire with the right passphrase, or enter the keys again."),
    ),
    NoticeCode.KEYRING_LOCKED: Words(
        N_("The keyring of this computer is locked, so saved keys cannot be read."),
        N_("Unlock it. Giftwire asks it again by itself after a while."),
    ),
    NoticeCode.KEYRING_OPEN: Words(N_("Saved keys can be read again."), N_("Nothing to do.")),
    NoticeCode.MQTT_CUT: Words(
        N_("The connection to your MQTT broker was cut."),
        N_("Look whether the broker runs. Giftwire connects again by itself."),
    ),
    NoticeCode.MQTT_BACK: Words(N_("Your MQTT broker is connected again."), N_("Nothing to do.")),
    NoticeCode.OBS_CUT: Words(
        N_("The connection to OBS was cut."),
        N_("Look whether OBS runs. Giftwire connects again by itself."),
    ),
    NoticeCode.OBS_BACK: Words(N_("OBS is connected again."), N_("Nothing to do.")),
    NoticeCode.RULE_SET_ASIDE: Words(
        N_("The rule {rule} does not run ({why})."),
        N_("It is kept in the rule file. Fix it there, or delete it."),
    ),
    NoticeCode.DRIVER_BROKEN: Words(
        N_("The driver {driver} cannot be used: {error}"),
        N_("Everything else works. Reinstall Giftwire if you did not change that file."),
    ),
    NoticeCode.CORE_RESTARTED: Words(
        N_("The engine stopped and was started again."),
        N_("Devices were put into their safe state. Gifts that were waiting are not run again."),
    ),
    NoticeCode.DEVICES_UNSAFE: Words(
        N_("The engine stopped, and {devices} did not confirm that everything is off."),
        N_("Look at it, and pull its plug if something still runs."),
    ),
    NoticeCode.CLOCK_JUMPED: Words(
        N_("The clock of this computer jumped by {seconds} s."),
        N_("Gifts are still counted once. Times in the history may look out of order."),
    ),
    NoticeCode.COMPUTER_SLEPT: Words(
        N_("This computer slept or stood still for {seconds} s."),
        N_("All devices were switched off to be safe. Gifts that come now run as usual."),
    ),
    NoticeCode.RECORDING_STOPPED: Words(
        N_("The recording stopped: {why}"), N_("Gifts still run. Free some space and try again.")
    ),
    NoticeCode.REPLAY_ENDED: Words(
        N_("The recording {file} was played to its end."),
        N_("Its gifts are marked as a replay and are not counted."),
    ),
    NoticeCode.NOT_A_RECORDING: Words(
        N_("{file} is not a recording of Giftwire."), N_("Choose another file.")
    ),
    NoticeCode.DOOR_PORT_TAKEN: Words(
        N_("Programs cannot call Giftwire: port {port} is not free ({why})."),
        N_("Choose another port in Settings, or close the program that has it."),
    ),
    NoticeCode.RULE_NOTE: Words(N_("{text}"), ""),
    NoticeCode.RULE_ALARM: Words(N_("{text}"), N_("A rule raised this alarm.")),
}
