// Command pages writes what the documentation has of the rules: in docs/rules a page for each, made of the rule's own page,
// what djleak says of the example on it and what its proof measured, and an index of them all; and the configuration's
// schema, which lists them.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/djleak/djleak/analyzer/config"
	"github.com/djleak/djleak/analyzer/rules"
)

func main() {
	if err := run(filepath.Join("..", "..", "docs")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run writes the pages and the schema below docs, and removes those of rules that are gone.
func run(docs string) error {
	text, err := os.ReadFile(filepath.Join(docs, "proofs.json"))
	if err != nil {
		return fmt.Errorf("read the figures: %w", err)
	}
	record, err := readRecord(text)
	if err != nil {
		return err
	}
	book := book{rules: rules.All(), record: record, cases: os.DirFS(".")}
	pages := book.pages()
	if err := os.WriteFile(filepath.Join(docs, "djleak.schema.json"), config.Schema(book.names()), 0o644); err != nil { //nolint:gosec // A schema is everybody's to read.
		return fmt.Errorf("write the schema: %w", err)
	}
	folder := filepath.Join(docs, "rules")
	old, _ := filepath.Glob(filepath.Join(folder, "*.md")) // The pattern is well formed, the only error of Glob.
	for _, name := range old {
		if _, ok := pages[filepath.Base(name)]; !ok {
			if err := os.Remove(name); err != nil {
				return fmt.Errorf("remove an old page: %w", err)
			}
		}
	}
	for name, page := range pages {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(page), 0o644); err != nil { //nolint:gosec // A page is everybody's to read.
			return fmt.Errorf("write a page: %w", err)
		}
	}
	return nil
}
