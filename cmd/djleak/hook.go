package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// withHook returns a pre-commit configuration with djleak as its last repository. Everything else keeps its layout: the
// entry is put in as text, in the list's own indentation.
func withHook(text []byte, revision string) ([]byte, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, err //nolint:wrapcheck // It names the line, and the caller the file.
	}
	if len(root.Content) == 0 || root.Content[0].Kind != yaml.MappingNode {
		return nil, errors.New("it is no mapping")
	}
	keys := root.Content[0].Content
	at := slices.IndexFunc(keys, func(key *yaml.Node) bool { return key.Value == "repos" })
	if at < 0 || at%2 != 0 || keys[at+1].Kind != yaml.SequenceNode || keys[at+1].Style&yaml.FlowStyle != 0 || len(keys[at+1].Content) == 0 {
		return nil, fmt.Errorf("it has no list of repos to add to; the entry is\n%s", hook("", revision))
	}
	lines := strings.SplitAfter(string(text), "\n")
	end := len(lines)
	if at+2 < len(keys) {
		end = keys[at+2].Line - 1
	}
	// What stands between the list and the next key, or the end, belongs to that.
	for end > 0 && isAside(lines[end-1], keys[at+1].Column) {
		end--
	}
	if last := &lines[end-1]; !strings.HasSuffix(*last, "\n") {
		*last += "\n"
	}
	entry := hook(strings.Repeat(" ", keys[at+1].Column-1), revision)
	return []byte(strings.Join(slices.Insert(lines, end, entry), "")), nil
}

// isAside reports whether a line is empty, or a comment further out than the list.
func isAside(line string, column int) bool {
	content := strings.TrimLeft(line, " ")
	return strings.TrimSpace(line) == "" || strings.HasPrefix(content, "#") && len(line)-len(content) < column
}

func hook(indent, revision string) string {
	return indent + "- repo: https://github.com/djleak/djleak\n" +
		indent + "  rev: " + revision + "\n" +
		indent + "  hooks:\n" +
		indent + "    - id: djleak\n"
}
