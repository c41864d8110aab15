"""Becomes one example: ``python -m lab.example SCRIPT PRINTED``, with its standard output in a file.

It runs as a script of its own in an empty folder, as a reader would run it. A Redis server listens where Redis
usually does, if one is installed.
"""

import os
import shutil
import sys
from pathlib import Path

from lab.redis_server import RedisServer

USUAL_PORT = 6379
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "SPARK_LOCAL_IP": "127.0.0.1"}

if __name__ == "__main__":
    script, printed = map(Path, sys.argv[1:])
    if shutil.which("redis-server"):
        RedisServer(script.parent, port=USUAL_PORT)
    os.chdir(script.parent)
    os.dup2(os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), sys.stdout.fileno())
    os.execve(sys.executable, [sys.executable, str(script)], os.environ | QUIET)
