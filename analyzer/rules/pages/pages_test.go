package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules"
)

var docs = filepath.Join("..", "..", "..", "docs")

func read(t *testing.T, elements ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(elements...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func newBook(t *testing.T) book {
	t.Helper()
	record, err := readRecord([]byte(read(t, docs, "proofs.json")))
	if err != nil {
		t.Fatal(err)
	}
	return book{rules: rules.All(), record: record, cases: os.DirFS("..")}
}

func TestPagesAreGenerated(t *testing.T) {
	t.Parallel()
	want := newBook(t).pages()
	files, err := filepath.Glob(filepath.Join(docs, "rules", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if name := filepath.Base(file); want[name] == "" {
			t.Errorf("docs/rules/%s is of no rule: run go generate ./analyzer/rules", name)
		}
	}
	for name, page := range want {
		text, err := os.ReadFile(filepath.Join(docs, "rules", name))
		if err != nil {
			t.Errorf("run go generate ./analyzer/rules: %v", err)
			continue
		}
		if diff := cmp.Diff(page, string(text)); diff != "" {
			t.Errorf("docs/rules/%s is stale: run go generate ./analyzer/rules (-rule +docs)\n%s", name, diff)
		}
	}
}

// TestFiguresAreDrawn holds that each page shows a picture wherever its proof has numbers to draw, and no other.
func TestFiguresAreDrawn(t *testing.T) {
	t.Parallel()
	b := newBook(t)
	pages := b.pages()
	picture := regexp.MustCompile(`!\[[^\]]+\]\(([^)]+)\)`)
	for _, rule := range b.rules {
		var want, got []string
		if b.record.Rules[rule.Name].pictured() {
			want = []string{rule.Name + ".svg"}
		}
		for _, match := range picture.FindAllStringSubmatch(pages[rule.Name+".md"], -1) {
			got = append(got, match[1])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s shows %v, its proof has figures for %v", rule.Name, got, want)
		}
		for _, name := range got {
			drawn := read(t, docs, "rules", name)
			if of := b.record.Rules[rule.Name].Django[quoted]; !slices.ContainsFunc(of.Bad[0], func(f figure) bool {
				return strings.Contains(drawn, fmt.Sprintf(": %s and %s</title>", short(f.value), short(of.Fixed[0].value(f.name))))
			}) {
				t.Errorf("%s is stale, it draws none of the figures %v and %v: run .ci/proofs", name, of.Bad[0], of.Fixed[0])
			}
			if !strings.Contains(drawn, "prefers-color-scheme: dark") {
				t.Errorf("%s is for light pages only", name)
			}
		}
	}
}

// short writes a number as a picture does.
func short(number any) string { return strings.TrimSuffix(fmt.Sprint(number), ".0") }

// TestFixesAreShown holds that each page of a rule with a fix shows one.
func TestFixesAreShown(t *testing.T) {
	t.Parallel()
	b := newBook(t)
	for _, rule := range b.rules {
		shown := strings.Contains(b.page(rule), "\n```diff\n")
		if want := rule.Run != nil && rule.Fix != analyzer.NoFix; shown != want {
			t.Errorf("the page of %s shows a fix: %t, want %t", rule.Name, shown, want)
		}
	}
}

func TestEveryRuleStandsInOneChapter(t *testing.T) {
	t.Parallel()
	b := newBook(t)
	page := b.index()
	for _, rule := range b.rules {
		if n := strings.Count(page, "\n| [`"+rule.Name+"`]("+rule.Name+".md) |"); n != 1 {
			t.Errorf("the index lists %s %d times", rule.Name, n)
		}
	}
	chapters := map[string]string{
		"unused-suppression": "About djleak itself", "uwsgi-no-recycle": "Settings and servers", "iterator-with-prefetch": "It fails",
		"upload-read-whole": "All at once", "executor-retained": "Counted", "middleware-state-growth": "It stays",
	}
	for _, rule := range b.rules {
		if want, ok := chapters[rule.Name]; ok && b.kindOf(rule) != want {
			t.Errorf("%s stands under %q, want %q", rule.Name, b.kindOf(rule), want)
		}
	}
}

func TestPage(t *testing.T) {
	t.Parallel()
	rule := &analyzer.Rule{
		Name: "a-b", Severity: analyzer.Medium, Confidence: analyzer.HighConfidence, Fix: analyzer.NoFix,
		Doc: "# a-b\n\nAn a\nkeeps a b, not as `c-d`.\n\n## What is kept\n\nA b.\n\n![B](../../../docs/rules/a-b.svg)\n\n" +
			"## When to allow it\n\nNever; `a-b` is no `e-f`.\n\n```sh\n`c-d`\n```\n",
	}
	other := &analyzer.Rule{Name: "c-d"}
	var r record
	const figures = `{"rules": {"a-b": {"setting": "Ten b.", "django": {
		"4.2": {"bad": [{"peak_mb": 30.0, "growth": {"of": "b"}, "whole": true}], "fixed": [{"peak_mb": 0.02, "whole": false}]},
		"5.2": {"bad": [{"error": "TypeError: no", "rows": 10000, "peak_mb": 30.0}], "fixed": [{"error": "", "rows": 1}]}}}}}`
	if err := json.Unmarshal([]byte(figures), &r); err != nil {
		t.Fatal(err)
	}
	want := "<!-- go generate ./analyzer/rules wrote this page from analyzer/rules/ab/doc.md and docs/proofs.json: edit those. -->\n" +
		"# a-b\n\nAn a\nkeeps a b, not as [`c-d`](c-d.md).\n\n" +
		"| severity | confidence | fix | status | by default |\n| --- | --- | --- | --- | --- |\n" +
		"| medium | high | none | preview | off: `preview` or `select` runs it |\n\n" +
		"## What is kept\n\nA b.\n\n![B](a-b.svg)\n\n### Measured\n\nTen b.\n\n" +
		"| example → remedy | Django 4.2 | Django 5.2 |\n| --- | --- | --- |\n" +
		"| error | – | `TypeError` → none |\n| rows | – | 10,000 → 1 |\n| held at the peak | 30 MB → 0.02 MB | 30 MB → – |\n\n" +
		"## When to allow it\n\nNever; `a-b` is no `e-f`.\n\n```sh\n`c-d`\n```\n\n" +
		"Write `# djleak: ignore[a-b] -- reason` on the line, or alone on the line above.\n\n" +
		"---\n\n[All rules](README.md) · [the code of this one](../../analyzer/rules/ab) · [how it is proven](../proofs.md)\n"
	if diff := cmp.Diff(want, book{rules: []*analyzer.Rule{rule, other}, record: r}.page(rule)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestRecordIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "{}", `{"rules": {"a-b": {"django": {"5.2": {"bad": [1]}}}}}`} {
		if _, err := readRecord([]byte(text)); err == nil {
			t.Errorf("%q is taken for figures", text)
		}
	}
}
