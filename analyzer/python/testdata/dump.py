"""Print the syntax trees that this Python makes of files, for a comparison with ours.

usage: dump.py LIST [loose], where LIST is a file with one path a line.

Each tree is written to stdout behind a line with a status and the length of what follows. Status 0 is a tree, one line
a node or a value; status 1 is an error's message. Fields are sorted by their names, empty ones left out. The positions
inside f-strings, which are wrong before Python 3.12, are left out with loose.
"""

import ast
import struct
import sys
import warnings

SKIP = {"ctx", "type_comment", "type_ignores", "kind"}
FORMATTED = {"JoinedStr", "TemplateStr"}
EXACT = "loose" not in sys.argv


def normal(field):
    return field.replace("_", "").lower()


def fields_of(cls, cache={}):
    if cls not in cache:
        fields = [(normal(field), field) for field in cls._fields if field not in SKIP]
        cache[cls] = sorted(fields)
    return cache[cls]


def bits(number):
    return struct.pack(">d", number).hex()


def escape(text):
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def constant(value):
    if isinstance(value, str):
        return "str:" + escape(value)
    if isinstance(value, bytes):
        return "bytes:" + value.hex()
    if isinstance(value, float):
        return "float:" + bits(value)
    if isinstance(value, complex):
        return "complex:" + bits(value.imag)
    return repr(value)


def dump(node, out, positions):
    cls = type(node)
    name = cls.__name__
    if positions and "lineno" in cls._attributes:
        out.append(f"{name} {node.lineno}:{node.col_offset}-{node.end_lineno}:{node.end_col_offset}")
    else:
        out.append(name)
    if name == "Constant" or name == "MatchSingleton":
        out.append("value=" + constant(node.value))
        return
    inside = positions and (EXACT or name not in FORMATTED)
    for label, field in fields_of(cls):
        value = getattr(node, field)
        if value is None or value == [] or value == "":
            continue
        if isinstance(value, list):
            out.append(f"{label}[{len(value)}]")
            for item in value:
                if isinstance(item, ast.cmpop):
                    out.append(type(item).__name__)
                elif isinstance(item, ast.AST):
                    dump(item, out, inside)
                else:
                    out.append(str(item))
        elif isinstance(value, (ast.operator, ast.unaryop, ast.boolop)):
            out.append(f"{label}={type(value).__name__}")
        elif isinstance(value, ast.AST):
            out.append(label)
            dump(value, out, inside)
        elif isinstance(value, str):
            out.append(f"{label}={escape(value)}")
        elif value != 0 and value != -1:
            out.append(f"{label}={value}")


def main(paths, write):
    sys.setrecursionlimit(20000)
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    warnings.simplefilter("ignore")
    for path in paths:
        with open(path, "rb") as file:
            source = file.read()
        status, lines = 0, []
        try:
            dump(ast.parse(source), lines, True)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            status, lines = 1, [f"{type(error).__name__}: {error}"]
        data = "\n".join(lines).encode("utf-8", "surrogatepass")
        write(b"%d %d\n" % (status, len(data)) + data)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8", errors="surrogateescape") as names:
        main(names.read().splitlines(), sys.stdout.buffer.write)
