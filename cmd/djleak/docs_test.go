package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"go.yaml.in/yaml/v3"
)

// documents are those whose workflows and commands are tried.
var documents = []string{"README.md", "docs/guide.md", "docs/formats.md"}

// TestLinksLead follows every link in the documents and the rules' pages that stays in the repository, to the heading.
func TestLinksLead(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	var files []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/rules/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	fenced := regexp.MustCompile("(?s)```.*?\n```\n")
	link := regexp.MustCompile(`(?:\]\(|src="|srcset=")([^)"\s]+)[)"]`)
	links := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range link.FindAllStringSubmatch(fenced.ReplaceAllString(string(text), ""), -1) {
			target, anchor, _ := strings.Cut(match[1], "#")
			if strings.Contains(match[1], "://") {
				continue
			}
			links++
			name := file
			if target != "" {
				name = filepath.Join(filepath.Dir(file), filepath.FromSlash(target))
			}
			info, err := os.Stat(name)
			if err != nil {
				t.Errorf("%s: the link to %s is dead: %v", file, match[1], err)
				continue
			}
			if anchor == "" || info.IsDir() {
				continue
			}
			page, err := os.ReadFile(name)
			if err != nil || !slices.Contains(anchors(string(page)), anchor) {
				t.Errorf("%s: %s has no heading for #%s: %v", file, name, anchor, err)
			}
		}
	}
	if links < 300 {
		t.Errorf("found %d links", links)
	}
}

// anchors are what GitHub names the headings of a page.
func anchors(page string) []string {
	var names []string
	dropped := regexp.MustCompile(`[^\pL\pN _-]`)
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(page, -1) {
		names = append(names, strings.ReplaceAll(dropped.ReplaceAllString(strings.ToLower(heading[1]), ""), " ", "-"))
	}
	return names
}

// blocks returns the fenced blocks of a language in a document.
func blocks(text, language string) []string {
	var found []string
	for _, match := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
		found = append(found, match[1])
	}
	return found
}

// TestDocumentedWorkflows holds every workflow that the documents show against the inputs and outputs of action.yml.
func TestDocumentedWorkflows(t *testing.T) {
	t.Parallel()
	inputs, outputs := actionNames(t)
	workflows := 0
	for _, name := range documents {
		for _, block := range blocks(rootFile(t, name), "yaml") {
			var workflow struct {
				Jobs map[string]struct {
					Steps []struct {
						Uses string
						With map[string]string
					}
				}
			}
			if !strings.Contains(block, "\njobs:\n") {
				continue
			}
			if err := yaml.Unmarshal([]byte(block), &workflow); err != nil {
				t.Errorf("%s: %v\n%s", name, err, block)
			}
			workflows++
			for _, job := range workflow.Jobs {
				for _, step := range job.Steps {
					for input := range step.With {
						if strings.HasPrefix(step.Uses, "djleak/djleak@") && !slices.Contains(inputs, input) {
							t.Errorf("%s: the action has no input %s", name, input)
						}
					}
				}
			}
			for _, output := range regexp.MustCompile(`steps\.djleak\.outputs\.([a-z-]+)`).FindAllStringSubmatch(block, -1) {
				if !slices.Contains(outputs, output[1]) {
					t.Errorf("%s: the action has no output %s", name, output[1])
				}
			}
		}
	}
	if workflows < 5 {
		t.Errorf("found %d workflows", workflows)
	}
}

// TestDocumentedCommands runs every djleak command that the documents show, in a repository with a finding.
func TestDocumentedCommands(t *testing.T) {
	t.Parallel()
	var script strings.Builder
	script.WriteString("[!exec:git] skip\nexec git init -q -b main\nexec git add -A\nexec git commit -q -m start\n")
	commands := 0
	for _, name := range documents {
		for _, block := range blocks(rootFile(t, name), "sh") {
			for line := range strings.Lines(block) {
				line, _, _ = strings.Cut(strings.TrimSpace(line), "  #")
				line, _, _ = strings.Cut(line, " | ") // What comes behind the pipe is not ours.
				if strings.HasPrefix(line, "djleak ") {
					commands++
					script.WriteString("works " + strings.ReplaceAll(strings.TrimSpace(line), `"`, `'`) + "\n")
				}
			}
		}
	}
	if commands < 20 {
		t.Fatalf("found %d commands", commands)
	}
	script.WriteString("-- shop/views.py --\ndef upload(request):\n    return request.FILES['file'].read()\n")
	name := filepath.Join(t.TempDir(), "documents.txtar")
	if err := os.WriteFile(name, []byte(script.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Files: []string{name},
		Setup: isolate,
		Cmds:  map[string]func(ts *testscript.TestScript, neg bool, args []string){"works": works},
	})
}

// works runs a command that may find something, but may not be used wrongly or fail.
func works(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: works COMMAND [ARGUMENT...]")
	}
	if status := statusOf(ts, args); status != exitClean && status != exitFindings {
		ts.Fatalf("exit status %d", status)
	}
}
