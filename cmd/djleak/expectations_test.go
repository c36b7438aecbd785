package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

const expectations = "docs/expectations.md"

// TestExpectationsAreMet runs the commands of docs/expectations.md and holds them to the exit status that it tells.
func TestExpectationsAreMet(t *testing.T) {
	t.Parallel()
	rows := regexp.MustCompile("(?m)^\\| [^|]+ \\| `(djleak [^`]+)` \\| (\\d) \\|$").FindAllStringSubmatch(rootFile(t, expectations), -1)
	if len(rows) < 35 {
		t.Fatalf("found %d commands", len(rows))
	}
	var script strings.Builder
	script.WriteString("[!exec:git] skip\nexec git init -q -b main\nexec git add shop/forms.py wrong.toml\nexec git commit -q -m start\n" +
		"exec git checkout -q -b topic\nexec git add -A\nexec git commit -q -m topic\n")
	for _, row := range rows {
		script.WriteString("exits " + row[2] + " " + strings.ReplaceAll(row[1], `"`, `'`) + "\n")
	}
	script.WriteString("-- shop/forms.py --\ndef upload(request):\n    return request.FILES['file'].read()\n" +
		"-- shop/exports.py --\nfrom shop.models import Order\n\n\ndef export(write):\n    for order in Order.objects.prefetch_related('lines').iterator():\n        write(order)\n" +
		"-- wrong.toml --\nfail-one = \"high\"\n")
	name := filepath.Join(t.TempDir(), "expectations.txtar")
	if err := os.WriteFile(name, []byte(script.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Files: []string{name},
		Setup: isolate,
		Cmds:  map[string]func(ts *testscript.TestScript, neg bool, args []string){"exits": exits},
	})
}

// TestExpectationsNameTests holds that each other row names what shows it, and that this is there.
func TestExpectationsNameTests(t *testing.T) {
	t.Parallel()
	_, page, _ := strings.Cut(rootFile(t, expectations), "\n## On GitHub\n")
	tests, rows := testSources(t), 0
	for line := range strings.Lines(page) {
		cells := strings.Split(strings.TrimSpace(line), " | ")
		if len(cells) != 3 && !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| you expect") || strings.HasPrefix(line, "| ---") {
			continue
		}
		named := regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[len(cells)-1], -1)
		if len(named) == 0 {
			t.Errorf("nothing shows: %s", line)
		}
		rows++
		for _, name := range named {
			if strings.HasPrefix(name[1], ".ci/") {
				if _, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(name[1]))); err != nil {
					t.Errorf("%s names a script: %v", expectations, err)
				}
			} else if !strings.Contains(tests, "\nfunc "+name[1]+"(") {
				t.Errorf("%s names %s, which is no test", expectations, name[1])
			}
		}
	}
	if rows < 25 {
		t.Errorf("found %d rows", rows)
	}
}

// testSources returns the text of all tests there are.
func testSources(t *testing.T) string {
	t.Helper()
	var tests strings.Builder
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		tests.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return tests.String()
}
