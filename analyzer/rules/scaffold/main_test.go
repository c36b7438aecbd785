package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestScaffold begins a rule in a module of its own and runs its test: what an author starts from is green.
func TestScaffold(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	trial := t.TempDir()
	if err := write(filepath.Join(trial, "dictkeptinmodule"), "dict-kept-in-module"); err != nil {
		t.Fatal(err)
	}
	const module = "github.com/djleak/djleak"
	requirements := strings.Replace(read(t, filepath.Join(root, "go.mod")), "module "+module+"\n", "module trial\n", 1)
	put(t, filepath.Join(trial, "go.mod"), requirements+"\nrequire "+module+" v0.0.0\nreplace "+module+" => "+root+"\n")
	put(t, filepath.Join(trial, "go.sum"), read(t, filepath.Join(root, "go.sum")))
	test := filepath.Join(trial, "dictkeptinmodule", "rule_test.go")
	put(t, test, strings.ReplaceAll(read(t, test), module+"/analyzer/rules/", "trial/"))
	command := exec.CommandContext(t.Context(), "go", "test", "-mod=mod", "./...")
	command.Dir = trial
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("go test: %v\n%s", err, out)
	}
}

func TestBeginRefuses(t *testing.T) {
	t.Parallel()
	if err := begin("..", "queryset-len"); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("a rule that is there: error %v", err)
	}
	if err := begin(t.TempDir(), "a-b"); err == nil || !strings.Contains(err.Error(), "root of the repository") {
		t.Errorf("elsewhere: error %v", err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
