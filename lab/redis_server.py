"""A Redis server of our own, for the frameworks that hand out tasks through one."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path

START_LIMIT_S = 10


class RedisServer:
    """Starts Debian's redis-server on a free port, unless one is named, keeping nothing on disk."""

    def __init__(self, folder: Path, address: str = "127.0.0.1", port: int | None = None) -> None:
        """Starts the server and waits until it answers; raises TimeoutError when it does not."""
        self.port = port or _free_port(address)
        self.url = f"redis://{address}:{self.port}/0"
        self._process = subprocess.Popen(
            [
                "redis-server", "--port", str(self.port), "--bind", address, "--protected-mode", "no",
                "--save", "", "--appendonly", "no", "--dir", str(folder), "--logfile", str(folder / "redis.log"),
            ],
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        self._await(address)

    @property
    def pid(self) -> int:
        """The process of the server."""
        return self._process.pid

    def stop(self) -> None:
        """Stops the server, if it still runs."""
        self._process.terminate()
        self._process.wait()

    def _await(self, address: str) -> None:
        deadline = time.monotonic() + START_LIMIT_S
        while time.monotonic() < deadline:
            try:
                with socket.create_connection((address, self.port), 1) as connection:
                    connection.sendall(b"PING\r\n")
                    if connection.recv(64).startswith(b"+PONG"):
                        return
            except OSError:
                time.sleep(0.02)
        raise TimeoutError(f"redis-server did not answer within {START_LIMIT_S} s")


def _free_port(address: str) -> int:
    with socket.socket() as probe:
        probe.bind((address, 0))
        return probe.getsockname()[1]
