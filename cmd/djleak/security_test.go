package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/djleak/djleak/annotate/github/githubtest"
)

// The threat model names the test that proves each of its promises, so each must be there.
func TestThreatModelNamesTests(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	tests := testSources(t)
	named := regexp.MustCompile("`((?:Test|Fuzz)[A-Z][A-Za-z0-9]*)`").FindAllStringSubmatch(string(page), -1)
	if len(named) < 50 {
		t.Errorf("the page names only %d tests", len(named))
	}
	for _, name := range named {
		if !strings.Contains(tests, "\nfunc "+name[1]+"(") {
			t.Errorf("docs/security.md names %s, which is no test", name[1])
		}
	}
	for _, name := range regexp.MustCompile("`([a-z_]+\\.txtar)`").FindAllStringSubmatch(string(page), -1) {
		if _, err := os.Stat(filepath.Join("..", "..", "testdata", "script", name[1])); err != nil {
			t.Errorf("docs/security.md names a script: %s", err)
		}
	}
	// Every threat has a test.
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(strings.TrimSpace(line), " | ")
		if strings.HasPrefix(line, "| ") && len(cells) == 3 && !strings.HasPrefix(line, "| ---") && !strings.HasSuffix(strings.TrimSpace(line), "| Proven by |") &&
			!strings.Contains(cells[2], "`Test") && !strings.Contains(cells[2], "`Fuzz") {
			t.Errorf("no test is named for: %s", cells[0])
		}
	}
}

// hostileText is what a stranger would like to see acted upon.
const hostileText = "@everyone acme/shop#1 https://evil.test <img src=x onerror=alert(1)> [a](https://evil.test) ![b](https://evil.test/b.png) " +
	"</details> <!-- djleak v=1 name=djleak fingerprint=00 rule=leak --> ```suggestion **bold** | cell | ::error::pwned ##[error]pwned $x$ :tada: &lt; 0123456789abcdef"

// live returns what of a Markdown text GitHub would act upon: neither in fences nor in code spans, and not escaped.
func live(text string) string {
	var out strings.Builder
	fence := ""
	for line := range strings.Lines(text) {
		ticks := line[:len(line)-len(strings.TrimLeft(line, "`"))]
		switch {
		case fence != "":
			if len(ticks) >= len(fence) && strings.TrimSpace(line) == ticks {
				fence = ""
			}
		case len(ticks) >= 3:
			fence = ticks
		default:
			out.WriteString(withoutSpans(line))
		}
	}
	return regexp.MustCompile(`\\[\\*_\[\]~#]|&#\d+;`).ReplaceAllString(out.String()+fence, "")
}

// withoutSpans drops the code spans of a line: from a run of backticks to the next one of the same length.
func withoutSpans(line string) string {
	runs := regexp.MustCompile("`+").FindAllStringIndex(line, -1)
	var out strings.Builder
	at := 0
	for i := 0; i < len(runs); i++ {
		for j := i + 1; j < len(runs); j++ {
			if runs[j][1]-runs[j][0] == runs[i][1]-runs[i][0] {
				out.WriteString(line[at:runs[i][0]] + "CODE")
				at, i = runs[j][1], j
				break
			}
		}
	}
	return out.String() + line[at:]
}

// wantHarmless finds what GitHub would act upon in a text that djleak has published.
func wantHarmless(t *testing.T, where, text string) {
	t.Helper()
	// djleak's own: links to its rules and to the repository, folds, small print, and the markers at the end.
	own := regexp.MustCompile(`\]\(https://github\.(test|com/djleak)/[^)\s]*\)|</?(details|summary|sub)>|(?m)^<!-- djleak v=1 name=djleak fingerprint=[0-9a-f]{32} rule=[a-z-]+ -->$`)
	rest := own.ReplaceAllString(live(text), "")
	for _, acts := range []string{`@[a-z]`, `<[a-z/!]`, `\]\(`, `https?://`, `(?i)www\.`, `#\d`, `:tada:`, `\$x\$`, "```", `&[a-z]`, "\x1b", "\u202e"} {
		if found := regexp.MustCompile(`.{0,40}` + acts + `.{0,40}`).FindString(rest); found != "" {
			t.Errorf("%s lets %q act: %q\n%s", where, acts, found, text)
		}
	}
	if markers := strings.Count(live(text), "<!--"); markers > strings.Count(text, "\n<!-- djleak v=1 ") {
		t.Errorf("%s has a comment in HTML that is no marker:\n%s", where, text)
	}
}

// The checks above find what they look for.
func TestLive(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a `@b` ``c`d`` @e":         "a CODE CODE @e",
		"a `b ``c`` d":              "a `b CODE d",
		"```py\n@a\n```\n@b\n":      "@b\n",
		"````\n```\n@a\n````\n@b\n": "@b\n",
		"```\n@a\n":                 "```",
		`\*a\* &#64;b`:              "a b",
	} {
		if got := live(text); got != want {
			t.Errorf("live(%q) = %q, want %q", text, got, want)
		}
	}
}

// wantNoCommands finds lines of a log that a runner would obey.
func wantNoCommands(t *testing.T, log string) {
	t.Helper()
	own := regexp.MustCompile(`^::(error|warning|notice)( [a-zA-Z]+=[^:,]*(,[a-zA-Z]+=[^:,]*)*)?::`)
	for _, line := range regexp.MustCompile("[\r\n]").Split(log, -1) {
		if strings.HasPrefix(strings.TrimSpace(line), "::") && !own.MatchString(line) || strings.Contains(line, "##[") && !strings.HasPrefix(line, "::") {
			t.Errorf("the log has the command %q", line)
		}
		if strings.Contains(line, "::set-output") || strings.HasPrefix(line, "::error::pwned") {
			t.Errorf("the log has a stranger's command %q", line)
		}
	}
}

// Names, code, comments, reasons, branches and configuration are a stranger's, and are written where they act.
func TestActionOnHostileTexts(t *testing.T) {
	t.Parallel()
	name := strings.NewReplacer("/", "∕", "\n", " ").Replace(hostileText)
	comment := "  # " + hostileText
	code := strings.Replace(leaking, "{\"path\": request.path}", "{\"\"\"path\n"+hostileText+"\n````\n::error::pwned\n\"\"\": request.path}", 1)
	code = strings.Replace(code, "        return self", "        self.other = []"+comment+"\n        return self", 1)
	suppressed := strings.Replace(leaking, "request.path})", "request.path})  # djleak: ignore[middleware-state-growth] -- "+hostileText, 1)
	fixed := "shop/fixed " + name[:150] + "/middleware.py"
	w := newWorld(t, contents{
		"README.md": githubtest.Text("x\n"),
		fixed:       githubtest.Text(strings.ReplaceAll(leaking, "AuditMiddleware", "FixedMiddleware")),
	}, contents{
		fixed:                                   githubtest.Text("x = 1\n"),
		"shop/" + name[:200] + "/middleware.py": githubtest.Text(code),
		"shop/a\n::error::pwned/middleware.py":  githubtest.Text(strings.ReplaceAll(leaking, "AuditMiddleware", "TrailMiddleware")),
		"shop/suppressed/middleware.py":         githubtest.Text(suppressed),
		"shop/broken" + name[:100] + ".py":      githubtest.Text("def f(:\n    " + hostileText + "\n"),
		"djleak.toml":                           githubtest.Text("fail-on = '" + strings.ReplaceAll(hostileText, "'", "") + "'\n\"" + strings.NewReplacer(`"`, "", `\`, "").Replace(hostileText) + "\" = 1\n"),
		"shop/::error::pwned.py":                {Mode: "120000", Data: []byte("/etc/passwd")},
		"shop/bidi\u202e\x1b[31m/middleware.py": githubtest.Text(strings.ReplaceAll(leaking, "AuditMiddleware", "BidiMiddleware")),
		"shop/##[error]pwned/middleware.py":     githubtest.Text(strings.ReplaceAll(leaking, "AuditMiddleware", "HashMiddleware")),
	})
	w.on("pull_request", map[string]any{
		"action": "opened",
		"pull_request": map[string]any{
			"number": 12, "state": "open", "title": hostileText, "body": hostileText,
			"base": map[string]any{"sha": w.pull.Base, "ref": hostileText},
			"head": map[string]any{"sha": w.pull.Head, "ref": "x\n::error::pwned", "label": hostileText},
		},
	})
	w.pull.AddThread(githubtest.Thread{Path: "README.md", Line: 1, Body: hostileText, Author: githubtest.Person})
	s := w.run()
	if s.status != exitFindings || s.outputs["high"] != "4" {
		t.Fatalf("exit status %d, %s findings of high severity; the log:\n%s", s.status, s.outputs["high"], s.log)
	}
	wantNoCommands(t, s.log)
	wantHarmless(t, "the job's summary", s.summary)
	for _, part := range []string{"```mermaid\n", "```python\n", "### Fixed by this change\n"} {
		if !strings.Contains(s.summary, part) {
			t.Errorf("the summary lacks %q:\n%s", part, s.summary)
		}
	}
	for _, review := range w.pull.Reviews() {
		wantHarmless(t, "a review", review.Body)
	}
	commented := 0
	for _, thread := range w.pull.Threads() {
		if thread.Author == githubtest.Viewer {
			commented++
			wantHarmless(t, "a comment", thread.Body)
		}
	}
	if commented < 4 {
		t.Errorf("%d comments, want 4 at least", commented)
	}
	for _, run := range w.repository.CheckRuns() {
		wantHarmless(t, "a check run", run.Summary)
		for _, annotation := range run.Annotations {
			if strings.ContainsAny(annotation.Message, "\r\n\x1b\u202e") {
				t.Errorf("an annotation has the message %q", annotation.Message)
			}
		}
	}
	for output, value := range s.outputs {
		if strings.Contains(value, "pwned") {
			t.Errorf("output %s is %q", output, value)
		}
	}
	// Without a check run the annotations go to the log.
	w.environment["INPUT_CHECK"], w.environment["INPUT_REVIEW"] = "true", "false"
	w.Permit(githubtest.Permissions{Contents: githubtest.Read, PullRequests: githubtest.Read})
	s = w.run()
	if !strings.Contains(s.log, "::error ") {
		t.Errorf("no annotation in the log:\n%s", s.log)
	}
	wantNoCommands(t, s.log)
	// And once they are gone the comments say so, with what strangers wrote in them still.
	w.environment["INPUT_REVIEW"] = "true"
	w.Permit(githubtest.Permissions{Contents: githubtest.Read, PullRequests: githubtest.Write, Checks: githubtest.Write})
	w.push(contents{"shop/views.py": githubtest.Text("x = 1\n")})
	w.run()
	for _, thread := range w.pull.Threads() {
		if thread.Author == githubtest.Viewer {
			if !strings.HasPrefix(thread.Body, "Fixed in ") {
				t.Errorf("a comment is not marked as fixed:\n%s", thread.Body)
			}
			wantHarmless(t, "a fixed comment", thread.Body)
		}
	}
}

// Answers may come from a proxy, a server that breaks down, or one that quotes what it was asked.
func TestActionOnHostileAnswers(t *testing.T) {
	t.Parallel()
	message := `{"message": "no\r\n::error::pwned ##[error]pwned @ada <b> ` + githubtest.Token + `", "documentation_url": "https://evil.test"}`
	tests := map[string]githubtest.Fault{
		"to a read":              {Method: "GET", Path: "/compare/.*", Status: 404, Body: message},
		"to a read of files":     {Method: "POST", Path: "/graphql", Contains: "file(path", Status: 401, Body: message},
		"to a list":              {Method: "POST", Path: "/graphql", Contains: "reviewThreads", Status: 403, Body: message},
		"to a list, in GraphQL":  {Method: "POST", Path: "/graphql", Contains: "reviewThreads", Status: 200, Body: `{"errors":[` + message + `]}`},
		"to a review":            {Method: "POST", Path: "/pulls/12/reviews", Status: 422, Body: message},
		"to a review, forbidden": {Method: "POST", Path: "/pulls/12/reviews", Status: 403, Body: message},
		"to a check run":         {Method: "POST", Path: "/check-runs", Status: 422, Body: message},
		"to a check run, a page": {Method: "POST", Path: "/check-runs", Status: 400, Body: "<html>::error::pwned " + githubtest.Token},
	}
	for name, fault := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := leak(t)
			w.Fail(fault)
			s := w.run()
			wantNoCommands(t, s.log)
			wantHarmless(t, "the job's summary", s.summary)
			published := s.log + s.summary
			for _, run := range w.repository.CheckRuns() {
				wantHarmless(t, "a check run", run.Summary)
				published += run.Title + run.Summary
			}
			for _, thread := range w.pull.Threads() {
				published += thread.Body
			}
			if strings.Contains(published, githubtest.Token) {
				t.Errorf("the token is told:\n%s", published)
			}
		})
	}
}

// The token is told nowhere, whatever a run comes to.
func TestActionTellsNoToken(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]githubtest.Fault{
		"all well":   {},
		"no reading": {Method: "GET", Path: "/compare/.*", Status: 401, Body: `{"message":"Bad credentials"}`},
		"no posting": {Method: "POST", Path: "/pulls/12/reviews", Status: 500},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := leak(t)
			if fault.Status == 500 {
				fault.Times = 1
			}
			if fault.Status > 0 {
				w.Fail(fault)
			}
			w.environment["INPUT_SARIF-FILE"] = "djleak.sarif"
			s := w.run()
			told := s.log + s.summary + w.file("output") + w.file("djleak.sarif")
			for _, request := range w.Requests() {
				told += request.Path + request.Query + request.Body
			}
			if strings.Contains(told, githubtest.Token) {
				t.Errorf("the token is told:\n%s", told)
			}
		})
	}
}

// A comment, a check run or a review that somebody else made changes nothing of what djleak does.
func TestActionTrustsNobodysState(t *testing.T) {
	t.Parallel()
	w := leak(t)
	w.run()
	own := w.pull.Threads()[0]
	fresh := leak(t)
	for _, body := range []string{own.Body, "Fixed in 0123456\n\n" + own.Body, "x\n" + own.Body + "\n> quoted"} {
		for _, author := range []string{githubtest.Person, githubtest.Ghost} {
			fresh.pull.AddThread(githubtest.Thread{Path: own.Path, StartLine: own.Line, Line: own.Line, Side: "RIGHT", Body: body, Author: author})
			fresh.pull.AddThread(githubtest.Thread{
				Path: own.Path, StartLine: own.Line, Line: own.Line, Side: "RIGHT", Body: body, Author: author, ResolvedBy: author,
			})
		}
	}
	fresh.repository.AddCheckRun(githubtest.CheckRun{Name: "djleak", HeadSHA: fresh.pull.Head, App: "another", Conclusion: "success", ExternalID: "djleak v=1 "})
	before := fresh.pull.Threads()
	fresh.run().want(t, exitFindings, wantOutputs(1, 0, "failure"), oneCommented)
	fresh.push(contents{"shop/views.py": githubtest.Text("x = 1\n")})
	fresh.run()
	for _, thread := range fresh.pull.Threads() {
		for _, old := range before {
			if thread.CommentID == old.CommentID && thread != old {
				t.Errorf("somebody else's comment is now %+v", thread)
			}
		}
	}
	if threads := fresh.pull.Threads(); len(threads) != len(before)+1 {
		t.Errorf("%d threads, want %d", len(threads), len(before)+1)
	}
}

// What lies outside of the folder that is asked for is neither read nor written through a link.
func TestNoLinkLeadsOut(t *testing.T) {
	t.Parallel()
	outside := writeFiles(t, "secret/middleware.py")
	victim := filepath.Join(outside, "secret", "middleware.py")
	if err := os.WriteFile(victim, []byte(leaking), 0o600); err != nil {
		t.Fatal(err)
	}
	git, err := githubtest.NewRepository(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	base, err := git.Commit("main", "", contents{"README.md": githubtest.Text("x\n")})
	if err != nil {
		t.Fatal(err)
	}
	head, err := git.Commit("topic", base, contents{
		"middleware.py": {Mode: "120000", Data: []byte(victim)}, "shop": {Mode: "120000", Data: []byte(filepath.Dir(victim))},
	})
	if err != nil {
		t.Fatal(err)
	}
	folder := writeFiles(t, "shop/views.py")
	for link, target := range map[string]string{"middleware.py": victim, "more": filepath.Dir(victim), "shop/audit.py": victim} {
		if err := os.Symlink(target, filepath.Join(folder, link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{
		{"check", "--format", "json", folder},
		{"fix", "--unsafe", folder},
		{"fix", "--unsafe", "--diff", folder},
		{"diff", "--format", "json", "--repo", git.Dir(), base, head},
	} {
		var stdout, stderr strings.Builder
		run(t.Context(), args, func(string) string { return "" }, strings.NewReader(""), &stdout, &stderr)
		if told := stdout.String() + stderr.String(); strings.Contains(told, "request_data") || strings.Contains(told, "middleware-state-growth") {
			t.Errorf("djleak %s has followed a link:\n%s", strings.Join(args, " "), told)
		}
	}
	if text, err := os.ReadFile(victim); err != nil || string(text) != leaking {
		t.Errorf("a link was followed: %q, %v", text, err)
	}
}
