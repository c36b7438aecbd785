//go:build corpus

package python

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// mutations is how many changed sources [TestMutations] compares; the environment variable MUTATIONS has another number
// and another seed for the random ones: "40000 7".
const mutations = 4000

// TestMutations changes a word or two of valid source, and compares with Python 3.14 what is still accepted, and as
// what.
func TestMutations(t *testing.T) {
	t.Parallel()
	count, seed := mutations, uint64(1)
	if text := os.Getenv("MUTATIONS"); text != "" {
		if _, err := fmt.Sscan(text, &count, &seed); err != nil {
			t.Fatal(err)
		}
	}
	var statements []string
	for _, path := range pythonFiles(t, "testdata/syntax") {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		statements = append(statements, topLevel(string(data))...)
	}
	random := rand.New(rand.NewPCG(seed, 2))
	root := t.TempDir()
	var paths []string
	for i := range count {
		path := filepath.Join(root, strconv.Itoa(i)+".py")
		source := mutate(random, statements[random.IntN(len(statements))], statements)
		if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	compareFiles(t, python314(t), paths)
}

// topLevel cuts source before every line that starts at its margin, as far as that is easily told.
func topLevel(source string) []string {
	var statements []string
	for line := range strings.SplitAfterSeq(source, "\n") {
		last := len(statements) - 1
		if last >= 0 && (strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") ||
			regexp.MustCompile(`^(el|exc|fin|[\])}"'#]|\n|$)`).MatchString(line) || strings.HasPrefix(statements[last], "@") &&
			!strings.Contains(statements[last], "\ndef")) {
			statements[last] += line
		} else {
			statements = append(statements, line)
		}
	}
	return statements
}

var words = regexp.MustCompile(`[^\W\d]\w*|\d+\w*|\s+|\*\*|//|<<|>>|[-+*/%@&|^<>=!:]=|->|\.\.\.|"""|'''|[^\w\s]`)

func mutate(random *rand.Rand, source string, others []string) string {
	parts := words.FindAllString(source, -1)
	for range 1 + random.IntN(2) {
		if len(parts) == 0 {
			break
		}
		at := random.IntN(len(parts))
		other := words.FindAllString(others[random.IntN(len(others))], -1)
		word := parts[random.IntN(len(parts))]
		if len(other) > 0 && random.IntN(2) == 0 {
			word = other[random.IntN(len(other))]
		}
		switch random.IntN(4) {
		case 0:
			parts = append(parts[:at:at], parts[at+1:]...)
		case 1:
			parts = append(parts[:at:at], append([]string{word, " "}, parts[at:]...)...)
		case 2:
			parts[at] = word
		case 3:
			to := random.IntN(len(parts))
			parts[at], parts[to] = parts[to], parts[at]
		}
	}
	return strings.Join(parts, "")
}
