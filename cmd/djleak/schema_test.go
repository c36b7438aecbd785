package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/config"
	"github.com/djleak/djleak/analyzer/rules"
)

func TestSchemaIsPublished(t *testing.T) {
	t.Parallel()
	schema := config.Schema(ruleNames(rules.All()))
	name := filepath.Join("..", "..", "docs", "djleak.schema.json")
	if *update {
		if err := os.WriteFile(name, schema, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(rootFile(t, "docs/djleak.schema.json"), string(schema)); diff != "" {
		t.Errorf("go test ./cmd/djleak -run Schema -update writes it anew (-docs +djleak)\n%s", diff)
	}
	var read struct {
		Properties map[string]struct{ Description string }
	}
	if err := json.Unmarshal(schema, &read); err != nil {
		t.Fatal(err)
	}
	for _, key := range config.Keys() {
		if read.Properties[key].Description == "" {
			t.Errorf("the schema does not describe %s", key)
		}
	}
}
