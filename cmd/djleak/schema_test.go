package main

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/config"
	"github.com/djleak/djleak/analyzer/rules"
)

func TestSchemaIsPublished(t *testing.T) {
	t.Parallel()
	schema := config.Schema(ruleNames(rules.All()))
	if diff := cmp.Diff(rootFile(t, "docs/djleak.schema.json"), string(schema)); diff != "" {
		t.Errorf("go generate ./analyzer/rules writes it anew (-docs +djleak)\n%s", diff)
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
