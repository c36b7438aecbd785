package report

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/djleak/djleak/annotate/markdown"
)

// The schema of the json format, and the page that tells it field by field.
var (
	schemaFile = filepath.Join("..", "..", "docs", "djleak-report.schema.json")
	formatsDoc = filepath.Join("..", "..", "docs", "formats.md")
)

// TestJSONIsAsItsSchemaSays holds the schema against what is written: it has every member, and no other.
func TestJSONIsAsItsSchemaSays(t *testing.T) {
	t.Parallel()
	var schema any
	if err := json.Unmarshal(readFile(t, schemaFile), &schema); err != nil {
		t.Fatal(err)
	}
	closed, ok := schema.(map[string]any)
	if !ok {
		t.Fatalf("%s is no object", schemaFile)
	}
	closeObjects(closed)
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("report.json", closed); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	written := map[string]bool{}
	for name, r := range map[string]Report{"empty": {Version: "1.2.3"}, "full": newReport(t)} {
		var report any
		if err := json.Unmarshal([]byte(write(t, "json", r)), &report); err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(report); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		members(report, "", written)
	}
	for _, field := range fields(t) {
		if !written[field.path] {
			t.Errorf("%s describes %s, which is not written", schemaFile, field.path)
		}
	}
}

// TestFormatsTellsTheFields holds the table in docs/formats.md against the schema.
func TestFormatsTellsTheFields(t *testing.T) {
	t.Parallel()
	var rows strings.Builder
	rows.WriteString("| member | type | |\n| --- | --- | --- |\n")
	for _, f := range fields(t) {
		rows.WriteString("| " + markdown.Code(f.path) + " | " + f.kind + " | " + f.description + " |\n")
	}
	table := rows.String()
	const begin, end = "<!-- The schema's, by go test ./annotate/report -update. -->\n\n", "\n<!-- Thus far. -->"
	page := string(readFile(t, formatsDoc))
	head, rest, found := strings.Cut(page, begin)
	old, tail, ended := strings.Cut(rest, end)
	if !found || !ended {
		t.Fatalf("%s has no place for the fields", formatsDoc)
	}
	if *update {
		if err := os.WriteFile(formatsDoc, []byte(head+begin+table+end+tail), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(table, old); diff != "" {
		t.Errorf("%s: go test ./annotate/report -update writes it anew (-schema +page)\n%s", formatsDoc, diff)
	}
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// closeObjects forbids members that the schema does not describe, which readers must put up with.
func closeObjects(schema map[string]any) {
	if schema["type"] == "object" {
		schema["additionalProperties"] = false
	}
	for _, member := range schema {
		if inner, ok := member.(map[string]any); ok {
			closeObjects(inner)
		}
	}
}

// members collects the paths of all members of a document, such as "findings[].start.line".
func members(document any, at string, found map[string]bool) {
	switch document := document.(type) {
	case map[string]any:
		for name, member := range document {
			path := strings.TrimPrefix(at+"."+name, ".")
			found[path] = true
			members(member, path, found)
		}
	case []any:
		for _, item := range document {
			members(item, at+"[]", found)
		}
	}
}

// A field is a member that the schema describes.
type field struct{ path, kind, description string }

// A node is a part of the schema.
type node struct {
	Ref         string          `json:"$ref"`
	Defs        map[string]node `json:"$defs"`
	Type        any             `json:"type"`
	Enum        []string        `json:"enum"`
	Const       any             `json:"const"`
	Description string          `json:"description"`
	Required    []string        `json:"required"`
	Properties  map[string]node `json:"properties"`
	Items       *node           `json:"items"`
}

func fields(t *testing.T) []field {
	t.Helper()
	var root node
	if err := json.Unmarshal(readFile(t, schemaFile), &root); err != nil {
		t.Fatal(err)
	}
	var all []field
	var visit func(n node, at string)
	visit = func(n node, at string) {
		names := slices.Clone(n.Required)
		for _, name := range slices.Sorted(maps.Keys(n.Properties)) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		for _, name := range names {
			member := n.Properties[name]
			target := member
			if member.Ref != "" {
				target = root.Defs[strings.TrimPrefix(member.Ref, "#/$defs/")]
			}
			kind := kindOf(target)
			if !slices.Contains(n.Required, name) {
				kind += ", optional"
			}
			path := strings.TrimPrefix(at+"."+name, ".")
			if member.Description == "" {
				member.Description = target.Description
			}
			if member.Description == "" {
				t.Errorf("%s does not describe %s", schemaFile, path)
			}
			all = append(all, field{path, kind, member.Description})
			visit(target, path)
			if target.Items != nil {
				visit(root.Defs[strings.TrimPrefix(target.Items.Ref, "#/$defs/")], path+"[]")
			}
		}
	}
	visit(root, "")
	return all
}

func kindOf(n node) string {
	switch kind := n.Type.(type) {
	case string:
		return kind
	case []any:
		var kinds []string
		for _, one := range kind {
			kinds = append(kinds, fmt.Sprint(one))
		}
		return strings.Join(kinds, " or ")
	}
	if n.Const != nil {
		return fmt.Sprintf("`%v`", n.Const)
	}
	return "`" + strings.Join(n.Enum, "`, `") + "`"
}
