"""Real servers, each of a proof's own."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen


@contextmanager
def redis_server(*options):
    """Starts an empty server on a free port, gives its URL, and stops it in the end."""
    port = free_port()
    with TemporaryDirectory() as folder:
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder, *options]
        with running(command, port):
            yield f"redis://127.0.0.1:{port}"


def leak_by_requests(command, requests):
    """Sends requests to the leaky project on this server; {port} in the command is a free one.

    Returns how large a worker became, in MB of resident memory, and how many workers served them one after the other.
    """
    port = free_port()
    with running([installed(command[0]), *(part.format(port=port) for part in command[1:])], port):
        answers = []
        for _ in range(requests):
            with urlopen(f"http://127.0.0.1:{port}/", timeout=30) as response:
                answers.append(json.load(response))
    return {"resident_mb": max(one["mb"] for one in answers), "workers": len({one["pid"] for one in answers})}


def installed(program):
    """Returns the path of a program of this environment."""
    return Path(sys.executable).parent / program


@contextmanager
def running(command, port=None, paths=(), ready=None):
    """Runs a program until the end, quietly, with these paths for its modules.

    With a port it is waited for: until it takes connections, or until ready(port) is true.
    """
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([*map(str, paths), os.environ["PYTHONPATH"]])}
    with TemporaryDirectory() as folder, open(Path(folder, "output"), "w+", encoding="utf-8") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
        try:
            if port and not answers(port, server, ready or takes_connections):
                output.seek(0)
                raise RuntimeError(f"{command[0]} does not answer: {output.read()}")
            yield server
        finally:
            server.terminate()
            server.wait(30)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def answers(port, server, ready):
    deadline = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < deadline:
        if ready(port):
            return True
        time.sleep(0.05)
    return False


def takes_connections(port):
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return False
    return True
