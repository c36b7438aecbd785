//go:build corpus

package python

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// TestBreakage breaks each file of the standard library in one place after another, and counts the statements that are
// no longer seen: hardly more than the one that was broken.
func TestBreakage(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, remove, insert string
		// limit is how many statements may be lost in a file on average, most how often more than two are, in percent.
		limit, most float64
	}{
		{name: "open parenthesis", insert: "(", limit: 5, most: 20},
		{name: "closed parenthesis", insert: ")", limit: 1, most: 1},
		{name: "missing opening parenthesis", remove: "(", limit: 1, most: 1},
		{name: "missing closing parenthesis", remove: ")", limit: 1, most: 1},
		{name: "missing closing bracket", remove: "]", limit: 1, most: 1},
		{name: "missing closing brace", remove: "}", limit: 1, most: 1},
		{name: "missing colon", remove: ":\n", insert: "\n", limit: 1, most: 1},
		{name: "missing operator", remove: " = ", insert: " ", limit: 1, most: 1},
		{name: "missing quote", remove: "'", limit: 1, most: 1},
		{name: "missing triple quote", remove: `"""`, limit: 8, most: 10},
		{name: "triple quote", insert: `"""`, limit: 8, most: 10},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var parser Parser
			random := rand.New(rand.NewPCG(1, 2))
			files, lost, often := 0, 0, 0
			for _, path := range pythonFiles(t, standardLibrary(t)) {
				raw, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				source, err := Decode(raw)
				if err != nil || len(raw) > 100_000 {
					continue
				}
				file := parser.Parse(source.Text)
				if len(file.Errors) > 0 {
					continue
				}
				whole := countStatements(file)
				parts := strings.Split(source.Text, test.remove)
				if len(parts) < 2 {
					continue
				}
				at := 1 + random.IntN(len(parts)-1)
				broken := parser.Parse(strings.Join(parts[:at], test.remove) + test.insert + strings.Join(parts[at:], test.remove))
				if len(broken.Errors) == 0 {
					continue
				}
				if err := checkFile(broken); err != nil {
					t.Errorf("%s: %v", path, err)
				}
				files++
				missing := max(0, whole-countStatements(broken))
				lost += missing
				if missing > 2 {
					often++
				}
			}
			average, share := float64(lost)/float64(files), 100*float64(often)/float64(files)
			t.Logf("%d files, %.2f statements lost on average, more than two in %.1f %%", files, average, share)
			if average > test.limit || share > test.most {
				t.Errorf("more than %v or %v %%", test.limit, test.most)
			}
		})
	}
}

func countStatements(file *File) int {
	count := 0
	Walk(file.Module, func(n Node) bool {
		switch n.(type) {
		case *BadStmt:
		case Stmt:
			count++
		}
		return true
	})
	return count
}
