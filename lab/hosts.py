"""Other hosts on this machine: network namespaces joined by a bridge, with their bandwidth limited.

Every host has a virtual Ethernet pair whose ends are slowed by a token bucket filter (tc-tbf), one for each direction.
Only bandwidth is limited: delay emulation is not in every kernel.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from lab import isolation
from lab.adapters.base import Host, Unsupported

NAMES = Path("/run/netns")
BRIDGE = "lab0"
HERE = "10.77.0.1"
BURST = "256kb"
QUEUE = "50ms"


def join(count: int, mbit_per_s: int) -> tuple[Host, ...]:
    """Makes hosts that reach this one at ``HERE``; raises Unsupported where that is not permitted."""
    for program in ("ip", "tc"):
        if not shutil.which(program):
            raise Unsupported(f"{program} is not installed (Debian package iproute2)")
    if not isolation.apart():
        raise Unsupported("hosts are only made inside namespaces that end with the block, which are not permitted here")
    NAMES.mkdir(parents=True, exist_ok=True)
    _do("mount", "-t", "tmpfs", "tmpfs", str(NAMES))
    _ip("link", "add", BRIDGE, "type", "bridge")
    _ip("addr", "add", f"{HERE}/24", "dev", BRIDGE)
    _ip("link", "set", BRIDGE, "up")
    return tuple(_host(number, mbit_per_s) for number in range(count))


def part(hosts: tuple[Host, ...]) -> None:
    """Removes the hosts and the bridge.

    The links go first: a namespace lasts until the last process in it has ended, and would keep their names.
    """
    for number, host in enumerate(hosts):
        _ip("link", "del", _link(number))
        _ip("netns", "del", host.name)
    _ip("link", "del", BRIDGE)
    _do("umount", "--lazy", str(NAMES))


def _host(number: int, mbit_per_s: int) -> Host:
    name, ours, theirs, address = f"labhost{number}", _link(number), f"labw{number}", f"10.77.0.{number + 2}"
    _ip("netns", "add", name)
    _ip("link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", name)
    _ip("link", "set", ours, "master", BRIDGE, "up")
    inside = ("ip", "netns", "exec", name)
    for command in (
        ("ip", "link", "set", "lo", "up"),
        ("ip", "addr", "add", f"{address}/24", "dev", theirs),
        ("ip", "link", "set", theirs, "up"),
    ):
        _do(*inside, *command)
    _do(*_limit(ours, mbit_per_s))
    _do(*inside, *_limit(theirs, mbit_per_s))
    return Host(name, address, inside)


def _link(number: int) -> str:
    """Our end of the pair that leads to a host."""
    return f"labv{number}"


def _limit(device: str, mbit_per_s: int) -> tuple[str, ...]:
    rate = ("rate", f"{mbit_per_s}mbit", "burst", BURST, "latency", QUEUE)
    return ("tc", "qdisc", "add", "dev", device, "root", "tbf", *rate)


def _ip(*arguments: str) -> None:
    _do("ip", *arguments)


def _do(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unsupported(f"{' '.join(command)}: {done.stderr.strip()}")
