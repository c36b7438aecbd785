# shop/exports.py
import tempfile
from tempfile import SpooledTemporaryFile as Spooled


def export(rows):
    with tempfile.SpooledTemporaryFile(max_size=2_621_440) as out:  # want "never moves to the disk"
        for row in rows:
            out.write(row)
        return out.tell()


def texts(rows):
    out = Spooled(max_size=2_621_440, mode="w+", encoding="utf-8")  # want "never moves to the disk"
    other = Spooled(2_621_440, "w+")  # want "never moves to the disk"
    third = Spooled(max_size=2_621_440)  # want "never moves to the disk"
    return out, other, third, rows
