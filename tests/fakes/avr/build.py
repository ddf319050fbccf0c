"""Builds the programs that judge our drivers: stock firmware that others wrote, for an Arduino Uno.

One rule: their sources are fetched when somebody asks for it, and neither they nor what is built
of them ever come into this tree. Needs git, gcc-avr, avr-libc and arduino-core-avr:

    python -m tests.fakes.avr.build [FOLDER with clones of these repositories]
"""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

CORE = Path("/usr/share/arduino/hardware/arduino/avr")
# What is fetched, and which state of it was tried.
SOURCES = {
    "Firmata": ("firmata/arduino", "53bb550d704ff9db76c01286c97a0f5c14321e49"),
    "ConfigurableFirmata": (
        "firmata/ConfigurableFirmata",
        "3734757348263e890d276f7e4fbc1f7e2bf5f2b9",
    ),
    "Servo": ("arduino-libraries/Servo", "3f163ecc4f6843e04afe5fdd58b3a420a45861cc"),
    "grbl": ("gnea/grbl", "bfb67f0c7963fe3ce4aaf8a97f9009ea5a8db36e"),
}
_CONFIGURABLE = ("ACCELSTEPPER", "ANALOG", "DIGITAL", "SERVO")
_FLAGS: tuple[str, ...] = (
    "-Os",
    "-w",
    "-flto",
    "-ffunction-sections",
    "-fdata-sections",
    "-mmcu=atmega328p",
)
_FLAGS += ("-DF_CPU=16000000L",)
_ARDUINO: tuple[str, ...] = (
    "-DARDUINO=10819",
    "-DARDUINO_AVR_UNO",
    "-DARDUINO_ARCH_AVR",
    "-include",
    "Arduino.h",
)
_ARDUINO += ("-std=gnu++11", "-fpermissive", "-fno-exceptions", "-fno-threadsafe-statics")
_ARDUINO += ("-DDECIMAL_DIG=17", "-x", "c++")  # avr-libc before 2.1 does not know it


@dataclass(frozen=True)
class Program:
    """Sources (patterns under the folder of clones, or under CORE) and folders of headers."""

    sources: tuple[str, ...]
    headers: tuple[str, ...]
    arduino: bool = True


PROGRAMS = {
    "standard_firmata": Program(
        (
            "Firmata/*.cpp",
            "Firmata/examples/StandardFirmata/StandardFirmata.ino",
            "Servo/src/avr/Servo.cpp",
            "@libraries/Wire/src/Wire.cpp",
            "@libraries/Wire/src/utility/twi.c",
        ),
        ("Firmata", "Servo/src", "@libraries/Wire/src"),
    ),
    "configurable_firmata": Program(
        (
            "ConfigurableFirmata/src/ConfigurableFirmata.cpp",
            "ConfigurableFirmata/src/A[cn]*Firmata.cpp",
            "ConfigurableFirmata/src/Digital*.cpp",
            "ConfigurableFirmata/src/Encoder7Bit.cpp",
            "ConfigurableFirmata/src/Firmata[EFR]*.cpp",
            "ConfigurableFirmata/src/ServoFirmata.cpp",
            "ConfigurableFirmata/src/utility/*Stepper.cpp",
            "configured.ino",
            "Servo/src/avr/Servo.cpp",
        ),
        ("ConfigurableFirmata/src", "Servo/src"),
    ),
    "grbl": Program(("grbl/grbl/*.c",), ("grbl/grbl",), arduino=False),
}


@functools.cache
def folder() -> Path:
    """Return where built programs are kept, apart from every tree."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "giftwire-tests" / "avr"


def program(name: str) -> Path:
    """Return where a built program is, or would be."""
    return folder() / f"{name}.hex"


def fetch(clones: Path) -> None:
    """Clone what is not there yet, each at the state that was tried."""
    for name, (repository, commit) in SOURCES.items():
        if not (clones / name).exists():
            url = f"https://github.com/{repository}"
            subprocess.run(["git", "clone", "-q", url, str(clones / name)], check=True)
            subprocess.run(["git", "-C", str(clones / name), "checkout", "-q", commit], check=True)


def configure(clones: Path) -> None:
    """Choose the parts of ConfigurableFirmata that fit on an Uno, as its users do."""
    sketch = clones / "ConfigurableFirmata/examples/ConfigurableFirmata/ConfigurableFirmata.ino"
    lines = []
    for line in sketch.read_text("utf-8").splitlines():
        part = line.removeprefix("// ").strip().removeprefix("#define ENABLE_")
        if part != line and "#define ENABLE_" in line:
            lines.append(f"{'' if part in _CONFIGURABLE else '// '}#define ENABLE_{part}")
        else:
            lines.append(line)
    (clones / "configured.ino").write_text("\n".join(lines), "utf-8")


def make(name: str, clones: Path) -> None:
    """Compile and link one program."""
    wanted = PROGRAMS[name]
    sources = [one for pattern in wanted.sources for one in _found(pattern, clones)]
    headers = [_place(one, clones) for one in wanted.headers]
    if wanted.arduino:
        sources += [one for end in ("c", "S", "cpp") for one in CORE.glob(f"cores/arduino/*.{end}")]
        headers += [CORE / "cores/arduino", CORE / "variants/standard"]
    flags = [*_FLAGS, *(f"-I{one}" for one in headers)]
    with tempfile.TemporaryDirectory() as made:
        objects = []
        for number, source in enumerate(sources):
            objects.append(f"{made}/{number}.o")
            kind = _ARDUINO if source.suffix in (".cpp", ".ino") else ()
            command = ["avr-gcc", *flags, *kind, "-c", str(source), "-o", objects[-1]]
            subprocess.run(command, check=True)
        whole = f"{made}/{name}.elf"
        link = ["avr-gcc", *_FLAGS, "-Wl,--gc-sections", "-o", whole, *objects, "-lm"]
        subprocess.run(link, check=True)
        program(name).parent.mkdir(parents=True, exist_ok=True)
        copy = ["avr-objcopy", "-O", "ihex", "-R", ".eeprom", whole, str(program(name))]
        subprocess.run(copy, check=True)


def _place(name: str, clones: Path) -> Path:
    return CORE / name[1:] if name.startswith("@") else clones / name


def _found(pattern: str, clones: Path) -> list[Path]:
    root = CORE if pattern.startswith("@") else clones
    return sorted(root.glob(pattern.removeprefix("@")))


def main() -> None:
    """Fetch and build all."""
    clones = Path(sys.argv[1]) if len(sys.argv) > 1 else folder() / "sources"
    clones.mkdir(parents=True, exist_ok=True)
    fetch(clones)
    configure(clones)
    for name in PROGRAMS:
        make(name, clones)
        sys.stdout.write(f"{program(name)}\n")


if __name__ == "__main__":
    main()
