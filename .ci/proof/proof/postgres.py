"""A PostgreSQL server of a proof's own."""

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from .servers import free_port, running

# Debian keeps the server's programs out of PATH, each version in a folder of its own.
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@contextmanager
def postgres_server():
    """Starts an empty server on a free port, gives the settings of its database, and stops it in the end."""
    # The server refuses to run as root.
    user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
    port = free_port()
    with TemporaryDirectory() as folder:
        if user:
            shutil.chown(folder, "postgres")
        data = ["-D", f"{folder}/data"]
        make = [*user, PROGRAMS[-1] / "initdb", *data, "--auth=trust", "--username=shop", "--no-sync"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL, cwd=folder)
        options = ["-p", str(port), "-h", "127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"]
        with running([*user, PROGRAMS[-1] / "postgres", *data, *options], port, ready=is_ready):
            yield {
                "ENGINE": "django.db.backends.postgresql",
                "HOST": "127.0.0.1",
                "PORT": port,
                "NAME": "postgres",
                "USER": "shop",
            }


def is_ready(port):
    # The server takes connections before it has started up, and refuses to serve them.
    command = [PROGRAMS[-1] / "pg_isready", "--quiet", "--host=127.0.0.1", f"--port={port}"]
    return subprocess.run(command, check=False).returncode == 0
