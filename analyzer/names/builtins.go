package names

// builtins are the names of Python's builtins module that rules ask about or that shadowing must be told from.
var builtins = map[string]bool{
	"abs": true, "all": true, "any": true, "bool": true, "bytearray": true, "bytes": true, "callable": true,
	"classmethod": true, "delattr": true, "dict": true, "dir": true, "enumerate": true, "filter": true, "float": true,
	"format": true, "frozenset": true, "getattr": true, "globals": true, "hasattr": true, "hash": true, "id": true, "int": true,
	"isinstance": true, "issubclass": true, "iter": true, "len": true, "list": true, "locals": true, "map": true, "max": true,
	"memoryview": true, "min": true, "next": true, "object": true, "open": true, "print": true, "property": true,
	"range": true, "repr": true, "reversed": true, "round": true, "set": true, "setattr": true, "slice": true, "sorted": true,
	"staticmethod": true, "str": true, "sum": true, "super": true, "tuple": true, "type": true, "vars": true, "zip": true,
}
