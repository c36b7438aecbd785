package config

import (
	"bytes"
	"encoding/json"
	"maps"
)

// SchemaURL is where the schema of a configuration is published.
const SchemaURL = "https://raw.githubusercontent.com/djleak/djleak/main/docs/djleak.schema.json"

// descriptions say in one sentence what each key is for, as editors show it.
var descriptions = map[string]string{
	"baseline":         "File of findings that check leaves out; \"djleak baseline\" writes it. Relative to the configuration.",
	"bounded-managers": "Names of managers, and of methods of theirs, that give a few rows of any table.",
	"cache-decorators": "Decorators of the project, with their modules, that keep what a function returned without bound.",
	"check":            "Write a check run.",
	"comment-from":     "Least severity that gets a comment.",
	"dry-run":          "Change nothing on GitHub.",
	"exclude":          "Globs of files to leave out.",
	"fail-on":          "Least severity that fails the run.",
	"format":           "Format of the command line's output.",
	"ignore":           "Rules not to run.",
	"include":          "Globs of files to look at, and at no others.",
	"long-running":     "Decorators and base classes of the project, with their modules, whose functions work in the background.",
	"max-comments":     "Most open comments on a pull request.",
	"min-confidence":   "Least confidence to report.",
	"min-severity":     "Least severity to report.",
	"name":             "Name of the check run, and owner of the comments.",
	"per-file-ignores": "Rules that are not reported in the files of a glob.",
	"preview":          "Run the preview rules and the preview forms of other rules too.",
	"resolve":          "Resolve the threads of what was fixed.",
	"review":           "Write comments.",
	"sarif-file":       "File to write SARIF to.",
	"scope":            "Part of a change to report on: what the base has not, what stands on added lines, or everything in changed files.",
	"select":           "Rules to run, and no others.",
	"settings-files":   "Globs of more files that hold settings.",
	"severity":         "Severities of rules instead of their own. Only findings of high confidence are high.",
	"suggestions":      "Offer fixes as suggestions to commit.",
}

// Schema returns the JSON schema of a configuration, of djleak.toml as it is and of the table tool.djleak in a
// pyproject.toml. Rules are the names of all rules there are.
func Schema(rules []string) []byte {
	settings := NewSettings(rules)
	properties := map[string]any{}
	for _, option := range options() {
		property := map[string]any{"description": descriptions[option.key]}
		word := map[string]any{"type": "string"}
		if allowed := settings.allowed(&option); allowed != nil && option.kind != table {
			word["enum"] = allowed
		}
		switch option.kind {
		case boolean:
			property["type"] = "boolean"
		case number:
			property["type"], property["minimum"] = "integer", 0
		case list:
			property["type"], property["items"] = "array", word
		case table:
			property["type"] = "object"
			property["additionalProperties"] = entries(option.key, rules)
			if option.key == "severity" {
				property["propertyNames"] = map[string]any{"enum": rules}
			}
		case words:
			maps.Copy(property, word)
		}
		properties[option.key] = property
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	// Maps and texts can always be written to memory.
	_ = encoder.Encode(map[string]any{
		"$schema":              "http://json-schema.org/draft-07/schema#",
		"$id":                  SchemaURL,
		"title":                "djleak's configuration",
		"type":                 "object",
		"additionalProperties": false,
		"properties":           properties,
	})
	return text.Bytes()
}

// entries is the schema of what a table of options holds.
func entries(key string, rules []string) any {
	if key == "severity" {
		return map[string]any{"type": "string", "enum": optionOf("min-severity").allowed}
	}
	rule := map[string]any{"type": "string", "enum": append([]string{SelectAll}, rules...)}
	return map[string]any{"anyOf": []any{rule, map[string]any{"type": "array", "items": rule}}}
}
