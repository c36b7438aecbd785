package names

import "strings"

const builtinsPrefix = "builtins."

// builtins are the qualified names of what rules ask about or shadowing must be told from in Python's builtins module.
var builtins = qualifiedBuiltins(`
	abs all any bool breakpoint bytearray bytes callable classmethod delattr dict dir enumerate filter float format frozenset
	getattr globals hasattr hash id int isinstance issubclass iter len list locals map max memoryview min next
	object open print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple
	type vars zip
`)

func qualifiedBuiltins(list string) map[string]string {
	qualified := make(map[string]string)
	for name := range strings.FieldsSeq(list) {
		qualified[name] = builtinsPrefix + name
	}
	return qualified
}
