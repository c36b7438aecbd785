package columns

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

func TestColumns(t *testing.T) {
	t.Parallel()
	text := New([]string{"é😀x", "y"})
	tests := []struct{ line, column, characters, units int }{
		{1, 1, 1, 1},
		{1, 3, 2, 2},
		{1, 7, 3, 4},
		{1, 8, 4, 5},
		{1, 99, 4, 5},
		{1, -1, 1, 1},
		{2, 2, 2, 2},
		{0, 2, 1, 1},
		{3, 2, 1, 1},
	}
	for _, test := range tests {
		if got := text.Characters(test.line, test.column); got != test.characters {
			t.Errorf("Characters(%d, %d) = %d, want %d", test.line, test.column, got, test.characters)
		}
		if got := text.Units(test.line, test.column); got != test.units {
			t.Errorf("Units(%d, %d) = %d, want %d", test.line, test.column, got, test.units)
		}
	}
}

// A long line is counted as a short one, also between the bytes of a character and where it is not UTF-8.
func TestColumnsOfALongLine(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // The same line each time.
	var line strings.Builder
	for line.Len() < 20*stride {
		line.WriteString([]string{"a", "é", "日", "😀", "\xff", "\xe6\x97"}[random.IntN(6)])
	}
	all := line.String()
	text := New([]string{all})
	for at := range len(all) + 1 {
		want := utf8.RuneCountInString(all[:at]) + 1
		if got := text.Characters(1, at+1); got != want {
			t.Fatalf("Characters(1, %d) = %d, want %d", at+1, got, want)
		}
		if at%97 > 0 {
			continue
		}
		want = len(utf16.Encode([]rune(all[:at]))) + 1
		if got := text.Units(1, at+1); got != want {
			t.Fatalf("Units(1, %d) = %d, want %d", at+1, got, want)
		}
	}
}

// Each column of a line of two megabytes takes as long as one of a short line: counted from the start, these took minutes.
func TestColumnsOfALongLineInTime(t *testing.T) {
	t.Parallel()
	line := strings.Repeat("gunicorn ä && ", 150_000)
	text := New([]string{line})
	start := time.Now()
	for column := 1; column < len(line); column += 20 {
		text.Characters(1, column)
		text.Units(1, column)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("%d columns took %s", len(line)/20, took)
	}
}
