# shop/exports.py
import tempfile
from tempfile import SpooledTemporaryFile


def export(rows, options, limit):
    with tempfile.SpooledTemporaryFile(max_size=1024 * 1024) as out:
        out.writelines(rows)
    with SpooledTemporaryFile(10_000_000) as out:
        out.writelines(rows)
    with SpooledTemporaryFile(max_size=limit) as out, SpooledTemporaryFile(**options) as other:
        out.writelines(other)
    with tempfile.TemporaryFile() as out, tempfile.NamedTemporaryFile() as other:
        out.writelines(other)


def moved(run):
    with SpooledTemporaryFile() as out:
        out.rollover()
        run(out)
    out = SpooledTemporaryFile()
    run(out.fileno())


def read_whole(rows):
    out = SpooledTemporaryFile()
    out.writelines(rows)
    out.seek(0)
    return out.read()
