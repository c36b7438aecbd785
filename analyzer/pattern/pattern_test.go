package pattern_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
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

// TestAllCompile finds the expressions that would panic at their first use.
func TestAllCompile(t *testing.T) {
	t.Parallel()
	found := 0
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
			found++
			if _, err := regexp.Compile(expression); err != nil {
				t.Errorf("%s: %v", path, err)
			}
			return true
		})
		return nil
	})
	if err != nil || found == 0 {
		t.Errorf("%d patterns found, %v", found, err)
	}
}
