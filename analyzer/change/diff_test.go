package change

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDiff(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, base, head string
		want             []Hunk
	}{
		{name: "nothing"},
		{name: "the same", base: "a\nb\n", head: "a\nb\n"},
		{name: "a new file", head: "a\nb\n", want: []Hunk{{0, 0, 1, 2, "++"}}},
		{name: "a file emptied", base: "a\nb\n", want: []Hunk{{1, 2, 0, 0, "--"}}},
		{name: "one line", base: "a", head: "b", want: []Hunk{{1, 1, 1, 1, "-+"}}},
		{name: "an end for the last line", base: "a\nb", head: "a\nb\n", want: []Hunk{{1, 2, 1, 2, " -+"}}},
		{name: "no end for the last line", base: "a\nb\n", head: "a\nb", want: []Hunk{{1, 2, 1, 2, " -+"}}},
		{name: "a line behind one without end", base: "a", head: "a\nb\n", want: []Hunk{{1, 1, 1, 2, "-++"}}},
		{name: "an empty line more", base: "a\n", head: "a\n\n", want: []Hunk{{1, 1, 1, 2, " +"}}},
		{name: "other line ends", base: "a\nb\n", head: "a\r\nb\n", want: []Hunk{{1, 2, 1, 2, "-+ "}}},
		{name: "a carriage return alone ends no line", base: "a\rb\n", head: "a\rc\n", want: []Hunk{{1, 1, 1, 1, "-+"}}},
		{name: "no text", base: "a\x00\xff\n", head: "a\x00\xfe\n", want: []Hunk{{1, 1, 1, 1, "-+"}}},
		{
			name: "three lines of context", base: "1\n2\n3\n4\n5\n6\n7\n8\n9\n", head: "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
			want: []Hunk{{2, 7, 2, 7, "   -+   "}},
		},
		{
			name: "six lines between are one hunk", base: "a\n1\n2\n3\n4\n5\n6\nb\n", head: "A\n1\n2\n3\n4\n5\n6\nB\n",
			want: []Hunk{{1, 8, 1, 8, "-+      -+"}},
		},
		{
			name: "seven lines between are two hunks",
			base: "a\n1\n2\n3\n4\n5\n6\n7\nb\n", head: "a\nA\n1\n2\n3\n4\n5\n6\n7\nB\n",
			want: []Hunk{{1, 4, 1, 5, " +   "}, {6, 4, 7, 4, "   -+"}},
		},
		{
			name: "a removal moves what follows",
			base: "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", head: "2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n",
			want: []Hunk{{1, 4, 1, 3, "-   "}, {9, 4, 8, 3, "   -"}},
		},
		{
			name: "a function between functions is whole",
			base: "def a():\n    return 1\n\ndef b():\n    return 2\n",
			head: "def a():\n    return 1\n\ndef c():\n    return 3\n\ndef b():\n    return 2\n",
			want: []Hunk{{1, 5, 1, 8, "   +++  "}},
		},
		{
			name: "a method behind the last has its blank line above",
			base: "class A:\n    def a(self):\n        return 1\n",
			head: "class A:\n    def a(self):\n        return 1\n\n    def b(self):\n        return 1\n",
			want: []Hunk{{1, 3, 1, 6, "   +++"}},
		},
		{
			name: "a repeated block begins where it reads best",
			base: "for a in b:\n    if a:\n        c()\n",
			head: "for a in b:\n    if a:\n        c()\nfor a in b:\n    if a:\n        c()\n",
			want: []Hunk{{1, 3, 1, 6, "   +++"}},
		},
		{
			name: "a group slides beside the change of the other side",
			base: "a\nx\nx\nb\n", head: "a\nx\nc\nb\n",
			want: []Hunk{{1, 4, 1, 4, "  -+ "}},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := Diff([]byte(test.base), []byte(test.head))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("hunks (-want +got):\n%s", diff)
			}
			if err := verify([]byte(test.base), []byte(test.head), got); err != nil {
				t.Error(err)
			}
		})
	}
}

// verify tells whether the hunks are a diff of the two files: lines that are kept are equal, all others are in some
// hunk, and context and distances are as they have to be.
func verify(base, head []byte, hunks []Hunk) error {
	oldLines, newLines := splitLines(base), splitLines(head)
	i, j := 0, 0
	keep := func(op string) error {
		if i >= len(oldLines) || j >= len(newLines) || oldLines[i] != newLines[j] {
			return fmt.Errorf("line %d of the base is not line %d of the head (%s)", i+1, j+1, op)
		}
		i, j = i+1, j+1
		return nil
	}
	for n, h := range hunks {
		if n > 0 && h.oldFirst()-1 <= i {
			return fmt.Errorf("hunk %d touches the one before", n)
		}
		for i < h.oldFirst()-1 {
			if err := keep("between hunks"); err != nil {
				return err
			}
		}
		if h.newFirst() != j+1 {
			return fmt.Errorf("hunk %d begins at line %d of the head, not %d", n, h.newFirst(), j+1)
		}
		if strings.Count(h.Ops, "-") != h.OldLines-strings.Count(h.Ops, " ") ||
			strings.Count(h.Ops, "+") != h.NewLines-strings.Count(h.Ops, " ") {
			return fmt.Errorf("hunk %d does not count its lines: %+v", n, h)
		}
		if lead := len(h.Ops) - len(strings.TrimLeft(h.Ops, " ")); lead != min(context, h.oldFirst()-1+lead) {
			return fmt.Errorf("hunk %d has %d lines of context above", n, lead)
		}
		if strings.Contains(h.Ops, strings.Repeat(" ", 2*context+1)) || strings.Contains(h.Ops, "+-") {
			return fmt.Errorf("hunk %d is not in order: %q", n, h.Ops)
		}
		for k := range len(h.Ops) {
			switch h.Ops[k] {
			case '-':
				i++
			case '+':
				j++
			default:
				if err := keep("in a hunk"); err != nil {
					return err
				}
			}
		}
		if tail := len(h.Ops) - len(strings.TrimRight(h.Ops, " ")); tail != min(context, len(oldLines)-i+tail) {
			return fmt.Errorf("hunk %d has %d lines of context below", n, tail)
		}
	}
	for i < len(oldLines) || j < len(newLines) {
		if err := keep("behind the hunks"); err != nil {
			return err
		}
	}
	return nil
}

// edited makes a random change of count lines to a random text of size lines out of an alphabet.
func edited(random *rand.Rand, size, count, alphabet int) (base, head []byte) {
	line := func() string { return fmt.Sprintf("%*d\n", random.IntN(4), random.IntN(alphabet)) }
	lines := make([]string, size)
	for i := range lines {
		lines[i] = line()
	}
	base = []byte(strings.Join(lines, ""))
	for range count {
		at := random.IntN(len(lines) + 1)
		to := min(len(lines), at+random.IntN(4))
		var with []string
		for range random.IntN(4) {
			with = append(with, line())
		}
		if random.IntN(5) == 0 {
			with = append(with, lines[at:to]...)
			with = append(with, lines[at:to]...)
		}
		lines = append(lines[:at:at], append(with, lines[to:]...)...)
	}
	head = []byte(strings.Join(lines, ""))
	if random.IntN(4) == 0 {
		head = bytes.TrimSuffix(head, newline)
	}
	return base, head
}

func TestDiffOfRandomEdits(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 4000 {
		base, head := edited(random, random.IntN(80), random.IntN(12), 1+random.IntN(40))
		if err := verify(base, head, Diff(base, head)); err != nil {
			t.Fatalf("edit %d: %v\nbase %q\nhead %q", n, err, base, head)
		}
	}
}

// TestDiffIsShortest compares the number of changed lines with the length of the longest common subsequence.
func TestDiffIsShortest(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	for n := range 1000 {
		base, head := edited(random, random.IntN(60), random.IntN(20), 1+random.IntN(12))
		oldLines, newLines := splitLines(base), splitLines(head)
		want := len(oldLines) + len(newLines) - 2*longestCommon(oldLines, newLines)
		got := 0
		for _, h := range Diff(base, head) {
			got += len(strings.ReplaceAll(h.Ops, " ", ""))
		}
		if got != want {
			t.Fatalf("edit %d: %d changed lines, the shortest diff has %d\nbase %q\nhead %q", n, got, want, base, head)
		}
	}
}

// TestDiffBeyondReach compares texts that differ in more lines than a search looks ahead.
func TestDiffBeyondReach(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(13, 14))
	text := func() []byte {
		var b strings.Builder
		for range 3000 {
			fmt.Fprintln(&b, random.IntN(20))
		}
		return []byte(b.String())
	}
	base, head := text(), text()
	shortest := 6000 - 2*longestCommon(splitLines(base), splitLines(head))
	got := 0
	for _, h := range Diff(base, head) {
		got += len(strings.ReplaceAll(h.Ops, " ", ""))
	}
	if got < shortest || got > shortest*103/100 {
		t.Errorf("%d changed lines, the shortest diff has %d", got, shortest)
	}
}

func longestCommon(a, b []string) int {
	above := make([]int, len(b)+1)
	for i := range a {
		row := make([]int, len(b)+1)
		for j := range b {
			if a[i] == b[j] {
				row[j+1] = above[j] + 1
			} else {
				row[j+1] = max(above[j+1], row[j])
			}
		}
		above = row
	}
	return above[len(b)]
}

// hardTexts are pairs of files that make a plain diff quadratic.
func hardTexts(size int) map[string][2][]byte {
	random := rand.New(rand.NewPCG(5, 6))
	text := func(size int, line func(n int) string) []byte {
		var b bytes.Buffer
		for n := 0; b.Len() < size; n++ {
			b.WriteString(line(n))
		}
		return b.Bytes()
	}
	letter := func(alphabet int) func(int) string {
		return func(int) string { return string(rune('a'+random.IntN(alphabet))) + "\n" }
	}
	from := func(limit int) func(int) string {
		return func(int) string { return fmt.Sprintf("line %d\n", random.IntN(limit)) }
	}
	run := strings.Repeat("a\n", size/4)
	block := string(text(1<<12, func(n int) string { return fmt.Sprintf("block %d\n", n) }))
	back := strings.Split(strings.TrimSuffix(block, "\n"), "\n")
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	shuffled := splitLines(text(size, func(n int) string { return fmt.Sprintf("unique %d\n", n) }))
	ordered := strings.Join(shuffled, "")
	random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	return map[string][2][]byte{
		"two letters":     {text(size, letter(2)), text(size, letter(2))},
		"twenty letters":  {text(size, letter(20)), text(size, letter(20))},
		"a thousand":      {text(size, from(1000)), text(size, from(1000))},
		"all different":   {text(size, from(1<<40)), text(size, from(1<<40))},
		"shuffled":        {[]byte(ordered), []byte(strings.Join(shuffled, ""))},
		"blank lines":     {bytes.Repeat(newline, size), bytes.Repeat(newline, size/2)},
		"every other":     {bytes.Repeat([]byte("a\nb\n"), size/4), bytes.Repeat([]byte("b\n"), size/2)},
		"period and half": {bytes.Repeat([]byte("a\nb\nc\n"), size/6), bytes.Repeat([]byte("c\nb\na\nb\n"), size/8)},
		"long runs":       {[]byte(block + run + block), []byte(run + strings.Join(back, "\n") + "\n" + run)},
		"one long line":   {bytes.Repeat([]byte("a"), size), bytes.Repeat([]byte("b"), size)},
	}
}

func TestDiffOfHardTexts(t *testing.T) {
	t.Parallel()
	for name, texts := range hardTexts(1 << 16) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := verify(texts[0], texts[1], Diff(texts[0], texts[1])); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestStepsAreLinear spends a small budget soon, and counts the steps that are taken without one.
func TestStepsAreLinear(t *testing.T) {
	t.Parallel()
	for name, texts := range hardTexts(1 << 17) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base, head := splitLines(texts[0]), splitLines(texts[1])
			e := compare(base, head, 1<<16)
			lines := len(base) + len(head)
			if -e.budget > 100*lines {
				t.Errorf("%d steps beyond the budget for %d lines", -e.budget, lines)
			}
			if err := verify(texts[0], texts[1], hunks(runs(e.removed, e.added), window{base: base, head: head})); err != nil {
				t.Error(err)
			}
		})
	}
}

func BenchmarkDiff(b *testing.B) {
	random := rand.New(rand.NewPCG(7, 8))
	run := func(name string, base, head []byte) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(base) + len(head)))
			b.ReportAllocs()
			for b.Loop() {
				Diff(base, head)
			}
		})
	}
	base, head := edited(random, 400, 5, 1000)
	run("400 lines, 5 edits", base, head)
	base, head = edited(random, 20_000, 100, 10_000)
	run("20000 lines, 100 edits", base, head)
	hard := hardTexts(1 << 20)
	for _, name := range []string{"two letters", "twenty letters", "a thousand", "all different", "shuffled", "every other", "long runs"} {
		run("hard, "+name, hard[name][0], hard[name][1])
	}
}
