// Command scaffold begins a new rule: go run ./analyzer/rules/scaffold dict-kept-in-module. It makes the rule's folder with
// a rule that works, for its author to change, and adds it to the list.
package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

//go:embed template
var template embed.FS

var slug = regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`)

func main() {
	if len(os.Args) != 2 || !slug.MatchString(os.Args[1]) {
		fmt.Fprintln(os.Stderr, "usage: go run ./analyzer/rules/scaffold NAME, where NAME is of lower-case words and hyphens, such as dict-kept-in-module")
		os.Exit(2)
	}
	if err := begin(filepath.Join("analyzer", "rules"), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// begin makes the folder of a rule below that of all rules, and lists it.
func begin(rules, name string) error {
	if _, err := os.Stat(filepath.Join(rules, "rules.go")); err != nil {
		return errors.New("run it from the root of the repository")
	}
	folder := filepath.Join(rules, strings.ReplaceAll(name, "-", ""))
	if _, err := os.Lstat(folder); err == nil {
		return fmt.Errorf("%s is there already", folder)
	}
	if err := write(folder, name); err != nil {
		return err
	}
	generate := exec.Command("go", "generate") //nolint:noctx // It ends by itself.
	generate.Dir, generate.Stderr = rules, os.Stderr
	if err := generate.Run(); err != nil {
		return fmt.Errorf("list the rules, and write their pages: %w", err)
	}
	fmt.Printf("%s holds a rule that works. Change, in this order: testdata/bad.py, testdata/good.py, rule.go, doc.md.\n", folder)
	fmt.Printf("go test ./%s says what is missing; in the end go generate ./analyzer/rules writes the pages anew.\n", filepath.ToSlash(folder))
	return nil
}

// write makes the files of a rule.
func write(folder, name string) error {
	return fs.WalkDir(template, "template", func(from string, entry fs.DirEntry, err error) error { //nolint:wrapcheck // Its errors name the file.
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := template.ReadFile(from)
		if err != nil {
			return fmt.Errorf("read the template: %w", err)
		}
		content := strings.NewReplacer("rule-name", name, "rulename", strings.ReplaceAll(name, "-", "")).Replace(string(text))
		to := filepath.Join(folder, filepath.FromSlash(strings.TrimSuffix(strings.TrimPrefix(from, "template/"), ".tmpl")))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return fmt.Errorf("make %s: %w", filepath.Dir(to), err)
		}
		return os.WriteFile(to, []byte(content), 0o644) //nolint:gosec // A source file is everybody's to read.
	})
}
