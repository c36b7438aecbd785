package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// A program that starts waits for every package: what one of them needs for its own work is made when it is first needed.
// What they allocate tells, and is the same on every machine; a single regular expression may take more than a third of it.
func TestStartsWithLittle(t *testing.T) {
	t.Parallel()
	if testing.CoverMode() != "" {
		t.Skip("the counters of -cover have tables filled at start-up that the shipped program has ready in its data")
	}
	// Bytes, of all packages but this one, which holds the tests too. Tables of words grow by doubling; a pattern that is compiled
	// too early costs far more than this leaves.
	const most = 96 << 10
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// The tests' program is djleak under this name: see TestMain.
	djleak := filepath.Join(t.TempDir(), "djleak")
	if err := os.Symlink(program, djleak); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), djleak, "version")
	command.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	trace, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%s\n%s", err, trace)
	}
	own := regexp.MustCompile(`(?m)^init (github\.com/djleak/djleak/(?:analyzer|annotate)\S*) .* (\d+) bytes`)
	packages := own.FindAllSubmatch(trace, -1)
	total := 0
	for _, found := range packages {
		bytes, err := strconv.Atoi(string(found[2]))
		if err != nil {
			t.Fatal(err)
		}
		total += bytes
	}
	if len(packages) < 10 || total > most {
		t.Errorf("%d packages allocate %d bytes before the program begins, want %d at most:\n%s", len(packages), total, most, trace)
	}
}
