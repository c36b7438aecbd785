package git

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/change"
)

// TestAgreesWithGit compares the hunks of random edits of Python files with git's own.
func TestAgreesWithGit(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	base, head := tree{}, tree{}
	for n := range 400 {
		name := fmt.Sprintf("%03d.py", n)
		lines := python(random, 1+random.IntN(20))
		base[name] = text(strings.Join(lines, ""))
		for range 1 + random.IntN(6) {
			lines = edit(random, lines)
		}
		head[name] = text(strings.Join(lines, ""))
	}
	r := bare(t, base, head)
	diff, err := r.Diff(t.Context(), "c0", "c1", Options{})
	if err != nil {
		t.Fatal(err)
	}
	sizes := make(map[string]int)
	for line := range strings.Lines(run(t, r.Dir, nil, "diff", "--no-renames", "--numstat", "c0", "c1")) {
		fields := strings.Fields(line)
		added, _ := strconv.Atoi(fields[0])
		removed, _ := strconv.Atoi(fields[1])
		sizes[fields[2]] = added + removed
	}
	patches := make(map[string]string)
	for patch := range strings.SplitSeq(run(t, r.Dir, nil, "diff", "--no-renames", "c0", "c1")+"\n", "diff --git a/") {
		name, _, _ := strings.Cut(patch, " ")
		_, hunks, _ := strings.Cut(patch, "\n@@ ")
		patches[name] = "@@ " + hunks
	}
	same := 0
	for _, f := range diff.Files {
		size := 0
		for _, h := range f.Hunks {
			size += len(strings.ReplaceAll(h.Ops, " ", ""))
		}
		if size == 0 || size > sizes[f.Path] {
			t.Errorf("%s: %d changed lines, git has %d", f.Path, size, sizes[f.Path])
		}
		theirs, err := change.ParsePatch(patches[f.Path])
		if err != nil {
			t.Fatal(err)
		}
		if cmp.Equal(theirs, f.Hunks) {
			same++
		}
	}
	if len(diff.Files) != len(sizes) {
		t.Errorf("%d files, git has %d", len(diff.Files), len(sizes))
	}
	t.Logf("the hunks of %d of %d files are git's", same, len(diff.Files))
	if same < len(diff.Files)*95/100 {
		t.Errorf("the hunks of only %d of %d files are git's", same, len(diff.Files))
	}
}

// python is a file of a few classes and functions that look much alike.
func python(random *rand.Rand, functions int) []string {
	lines := []string{"import functools\n", "\n", "\n"}
	for n := range functions {
		if random.IntN(3) == 0 {
			lines = append(lines, fmt.Sprintf("class C%d:\n", n), "\n")
		}
		lines = append(lines, function(random)...)
	}
	return lines
}

func function(random *rand.Rand) []string {
	lines := []string{fmt.Sprintf("    def f%d(self, request):\n", random.IntN(50))}
	for range 1 + random.IntN(6) {
		lines = append(lines, []string{
			"        if request.user.is_authenticated:\n",
			"            return None\n",
			"        request.seen = True\n",
			fmt.Sprintf("        self.cache[%d] = request\n", random.IntN(50)),
			"        return self.get_response(request)\n",
			"\n",
		}[random.IntN(6)])
	}
	return append(lines, "\n")
}

// edit changes a file in one place: a function or a line comes, goes, or is another one.
func edit(random *rand.Rand, lines []string) []string {
	at := random.IntN(len(lines))
	to := min(len(lines), at+random.IntN(5))
	var with []string
	switch random.IntN(5) {
	case 0:
		with, to = function(random), at
	case 1:
		with = []string{fmt.Sprintf("        # %d\n", random.IntN(1000))}
	case 2:
		with = append(append(with, lines[at:to]...), lines[at:to]...)
	case 3:
		with, to = []string{"\n"}, at
	}
	return append(lines[:at:at], append(with, lines[to:]...)...)
}

func BenchmarkDiff(b *testing.B) {
	random := rand.New(rand.NewPCG(3, 4))
	base, head := tree{}, tree{}
	for n := range 1000 {
		name := fmt.Sprintf("app%d/%03d.py", n%20, n)
		lines := python(random, 20)
		base[name] = text(strings.Join(lines, ""))
		if n < 30 {
			lines = edit(random, edit(random, lines))
		}
		head[name] = text(strings.Join(lines, ""))
	}
	r := bare(b, base, head)
	b.Run("30 of 1000 files", func(b *testing.B) {
		for b.Loop() {
			if _, err := r.Diff(b.Context(), "c0", "c1", Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("work tree, nothing changed", func(b *testing.B) {
		r := workTree(b, base, head)
		for b.Loop() {
			if _, err := r.Diff(b.Context(), "c1", "", Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("1000 files", func(b *testing.B) {
		for b.Loop() {
			for _, err := range r.Files(b.Context(), "c1", Options{}) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
