package pattern_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer/pattern"
)

func TestMatchString(t *testing.T) {
	t.Parallel()
	p := pattern.New(`^a+$`)
	for text, want := range map[string]bool{"a": true, "aa": true, "ab": false, "": false} {
		if got := p.MatchString(text); got != want {
			t.Errorf("%q matches: %t", text, got)
		}
	}
}

func TestMatchStringBeyondASCII(t *testing.T) {
	t.Parallel()
	// The Kelvin sign is another case of k, and ſ one of s.
	for text, want := range map[string]bool{"tas\u212a": true, "ta\u017fk": true, "TASK": true, "tä\u017fk": false} {
		if got := pattern.New(`(?i)task`).MatchString(text); got != want {
			t.Errorf("%q matches: %t", text, got)
		}
	}
}

// expressions returns those of all patterns of the program, by the files that they stand in.
func expressions(t *testing.T) map[string][]string {
	t.Helper()
	found := make(map[string][]string)
	err := filepath.WalkDir("../..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok {
				return true
			}
			access, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || access.Sel.Name != "New" {
				return true
			}
			if name, ok := access.X.(*ast.Ident); !ok || name.Name != "pattern" {
				return true
			}
			expression := ""
			ast.Inspect(call.Args[0], func(node ast.Node) bool {
				if literal, ok := node.(*ast.BasicLit); ok {
					text, err := strconv.Unquote(literal.Value)
					if err != nil {
						t.Error(err)
					}
					expression += text
				}
				return true
			})
			found[path] = append(found[path], expression)
			return true
		})
		return nil
	})
	if err != nil || len(found) == 0 {
		t.Fatalf("patterns in %d files, %v", len(found), err)
	}
	return found
}

// TestAll finds the expressions that would panic at their first use, and holds what they match against [regexp], over the lines and
// words of the rules' examples.
func TestAll(t *testing.T) {
	t.Parallel()
	seen := make(map[string]bool)
	paths, err := filepath.Glob("../rules/*/testdata/bad.py")
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d examples, %v", len(paths), err)
	}
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(source)) {
			seen[line] = true
			for word := range strings.FieldsSeq(line) {
				seen[word], seen[strings.ToUpper(word)] = true, true
			}
		}
	}
	texts := slices.Sorted(maps.Keys(seen))
	for path, list := range expressions(t) {
		for _, expression := range list {
			t.Run(expression, func(t *testing.T) {
				t.Parallel()
				compiled, err := regexp.Compile(expression)
				if err != nil {
					t.Fatalf("%s: %v", path, err)
				}
				p := pattern.New(expression)
				for _, text := range texts {
					if want := compiled.MatchString(text); p.MatchString(text) != want {
						t.Errorf("%s: it matches %q: %t", path, text, !want)
					}
				}
			})
		}
	}
}

// FuzzMatchString holds patterns against [regexp].
func FuzzMatchString(f *testing.F) {
	f.Add(`(?i)(^|_)(seeds?|demo|d(e|u)v)+(_|$)`, "my_DEMO_seed")
	f.Add(`a{0,2}b|c*d`, "d")
	f.Add(`(?i)\bkelvin|[st]ask`, "\u212aelvin ta\u017fk")
	f.Fuzz(func(t *testing.T, expression, text string) {
		compiled, err := regexp.Compile(expression)
		if err != nil || len(expression) > 100 {
			t.Skip("no expression, or one so long that it may take the time of all others")
		}
		if got := pattern.New(expression).MatchString(text); got != compiled.MatchString(text) {
			t.Errorf("%q matches %q: %t", expression, text, got)
		}
	})
}
