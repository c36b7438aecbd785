package annotate

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
)

// Dice make every choice of a random world from bytes, so that the fuzzer can steer; after the bytes come zeros.
type dice struct{ bytes []byte }

func (d *dice) roll(sides int) int {
	n := 0
	for range 2 {
		if len(d.bytes) > 0 {
			n = n<<8 | int(d.bytes[0])
			d.bytes = d.bytes[1:]
		}
	}
	return n % sides
}

func (d *dice) maybe() bool { return d.roll(2) == 1 }

func pick[T any](d *dice, from []T) T { return from[d.roll(len(from))] }

// hostile are texts that strangers may write.
var hostile = []string{
	"", "`", "a`b`c", "@everyone", "acme/shop#1", "https://evil.example", "-->", "</details>", "```\n</details>", "**", "| a |", "\\`", "\x1b]0;x\x07", "\xff",
	"<!-- djleak v=1 name=djleak fingerprint=ab rule=x -->", "\n<!-- djleak v=1 name=djleak fingerprint=ab rule=x -->", "````suggestion\nx\n````", "\u202e", "# h", "\r\n",
}

// sourceLinesOfStrangers stand in the files of random worlds.
var sourceLinesOfStrangers = []string{
	"x = 1", "def f():", "class A:", "", "# é 😀", "```", "'''", "y(`@a`)", "| a | b |", "</details>", "<!--", "````mermaid", "~~~", "## h", "::error::x",
}

// A world is one random input of NewPlan.
type world struct {
	result  analyzer.Result
	diff    change.Change
	posted  Posted
	options Options
}

func newWorld(d *dice) world {
	var w world
	rules := []*analyzer.Rule{middlewareRule, lenRule, loopRule}
	w.result.RuleNames = []string{lenRule.Name, middlewareRule.Name}
	if d.maybe() {
		w.result.RuleNames = append(w.result.RuleNames, loopRule.Name)
	}
	failOn := analyzer.Severity(d.roll(4))
	w.options = Options{
		Options:     analyzer.Options{Scope: analyzer.Scope(d.roll(3)), MinSeverity: analyzer.Severity(d.roll(2)), FailOn: &failOn},
		Name:        pick(d, append([]string{"djleak", "djleak (api)"}, hostile...)),
		MaxComments: d.roll(8), CommentFrom: analyzer.Severity(d.roll(3)),
		Review: d.roll(8) > 0, Check: true, Suggestions: d.roll(4) > 0, Resolve: d.maybe(), DryRun: d.roll(8) == 7,
		HeadSHA: "0123456789abcdef0123456789abcdef01234567",
		FileURL: func(path string, _, _ int) string { return "https://github.com/acme/shop/" + path },
	}
	for i := range 1 + d.roll(3) {
		w.addFile(d, fmt.Sprintf("shop/%d%s.py", i, pick(d, []string{"", "|", "`", "@x", "é"})), rules)
	}
	w.addPosted(d)
	return w
}

func (w *world) addFile(d *dice, path string, rules []*analyzer.Rule) {
	var source []string
	for range d.roll(40) {
		source = append(source, strings.Repeat("    ", d.roll(4))+pick(d, sourceLinesOfStrangers))
	}
	file := analyzer.FileResult{Path: path, OldPath: path, State: analyzer.FileState(d.roll(8) / 5), Source: joinLines(source)}
	if d.roll(5) == 4 {
		file.OldPath = "old/" + path
	}
	if d.roll(5) == 4 {
		file.FailedRules = []string{pick(d, rules).Name}
	}
	for range d.roll(6) {
		file.Findings = append(file.Findings, randomFinding(d, path, len(source), pick(d, rules)))
	}
	slices.SortStableFunc(file.Findings, analyzer.CompareFindings)
	for range d.roll(14) {
		file.Fixed = append(file.Fixed, randomFinding(d, path, len(source), pick(d, rules)))
	}
	w.result.Files = append(w.result.Files, file)

	changed := change.File{Path: path, OldPath: file.OldPath}
	for next := 1; next <= len(source) && d.roll(4) > 0; {
		h := change.Hunk{OldStart: next, NewStart: next + d.roll(5)}
		for range 1 + d.roll(10) {
			op := pick(d, []byte{' ', '+', '-'})
			if op != '-' && h.NewStart+h.NewLines > len(source) {
				break
			}
			h.Ops += string(op)
			if op != '-' {
				h.NewLines++
			}
			if op != '+' {
				h.OldLines++
			}
		}
		next = h.NewStart + h.NewLines + 1
		changed.Hunks = append(changed.Hunks, h)
	}
	w.diff.Files = append(w.diff.Files, changed)
}

func randomFinding(d *dice, path string, n int, rule *analyzer.Rule) analyzer.Finding {
	first := 1 + d.roll(n+1)
	f := analyzer.Finding{
		Rule: rule, Path: path, Severity: analyzer.Severity(d.roll(4)), Confidence: analyzer.Confidence(d.roll(3)),
		Region:  analyzer.Region{StartLine: first, EndLine: first + d.roll(4), StartColumn: 1 + d.roll(9), EndColumn: 1 + d.roll(9), Start: first},
		Message: pick(d, hostile) + pick(d, hostile), Remedy: pick(d, hostile), New: d.roll(4) > 0, Added: d.maybe(),
		Scope: pick(d, []string{"", "A.f"}),
	}
	f.Fingerprint = fingerprint(path, strconv.Itoa(d.roll(50)))
	if d.roll(6) == 5 {
		f.Suppression = &analyzer.Suppression{Reason: pick(d, hostile)}
	}
	if d.maybe() {
		f = fixed(f, analyzer.FixKind(1+d.roll(2)), pick(d, hostile))
		f.Fix.Check = pick(d, hostile)
		for at := max(1, first-2); at < first+6 && d.roll(3) > 0; {
			edit := analyzer.LineEdit{StartLine: at + d.roll(3), NewText: pick(d, hostile), Delete: d.maybe()}
			edit.EndLine = edit.StartLine + d.roll(2)
			f.Fix.Lines = append(f.Fix.Lines, edit)
			at = edit.EndLine + 1
		}
	}
	return f
}

func (w *world) addPosted(d *dice) {
	for i := range d.roll(6) {
		file := pick(d, w.result.Files)
		c := PostedComment{ID: int64(100 + i), Path: pick(d, []string{file.Path, file.OldPath, "elsewhere.py"}), Mine: d.roll(4) > 0}
		c.Resolved = d.maybe()
		c.ResolvedByMe = c.Resolved && d.maybe()
		c.Body = pick(d, []string{"", "**x**\n", "Fixed in 00\n\n**x**\n", "hello"})
		for range d.roll(3) {
			m := marker{name: w.options.Name, fingerprint: fingerprint(file.Path, strconv.Itoa(d.roll(50))), rule: lenRule.Name}
			if n := len(file.Findings); n > 0 && d.maybe() {
				m, _ = markerOf(file.Findings[d.roll(n)], pick(d, []string{w.options.Name, w.options.Name, "other"}))
			}
			c.Body += "\n" + m.String()
		}
		w.posted.Comments = append(w.posted.Comments, c)
	}
}

func TestPlansOfRandomWorlds(t *testing.T) {
	t.Parallel()
	random := rand.NewChaCha8([32]byte{1})
	seen := map[string]int{}
	for range 3_000 {
		seed := make([]byte, 1_500)
		_, _ = random.Read(seed)
		for _, what := range checkWorld(t, seed) {
			seen[what]++
		}
		if t.Failed() {
			t.Fatalf("seed %x", seed)
		}
	}
	// A property of what never happens proves nothing.
	for _, what := range []string{"comment", "range", "suggestion", "shared comment", "fixed", "restored", "reopened", "resolved", "over max-comments"} {
		if seen[what] < 20 {
			t.Errorf("only %d worlds had: %s", seen[what], what)
		}
	}
}

func FuzzPlan(f *testing.F) {
	random := rand.NewChaCha8([32]byte{2})
	for range 16 {
		seed := make([]byte, 600)
		_, _ = random.Read(seed)
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed []byte) { checkWorld(t, seed) })
}

// checkWorld plans a random world, holds the plan against GitHub's rules and runs it again. It tells what happened.
func checkWorld(t *testing.T, seed []byte) (happened []string) {
	t.Helper()
	w := newWorld(&dice{seed})
	p := NewPlan(w.result, w.diff, w.posted, w.options)
	happened = append(happened, checkReview(t, w, p)...)
	happened = append(happened, checkEdits(t, w, p)...)
	checkCheck(t, p)
	checkLedger(t, p)

	after := postedFrom(w.posted, p)
	second := NewPlan(w.result, w.diff, after, w.options)
	if second.Review != nil || second.Edits != nil {
		t.Errorf("the second run is not silent: review %+v, edits %+v", second.Review, second.Edits)
	}
	if !w.options.DryRun && w.options.Review && second.Ledger.AlreadyCommented != p.Ledger.Commented+p.Ledger.AlreadyCommented {
		t.Errorf("the second ledger %v does not continue the first %v", second.Ledger, p.Ledger)
	}
	return happened
}

// open counts the threads of the world's name that are open.
func (w world) open(posted Posted) (open int) {
	for _, c := range posted.Comments {
		markers := parseMarkers(c.Body)
		if c.Mine && !c.Resolved && len(markers) > 0 && ownedBy(markers, w.options.Name) && !strings.HasPrefix(c.Body, "Fixed in ") {
			open++
		}
	}
	return open
}

// checkReview holds a review against what GitHub refuses.
func checkReview(t *testing.T, w world, p Plan) (happened []string) {
	t.Helper()
	before, open := w.open(w.posted), w.open(postedFrom(w.posted, Plan{Edits: p.Edits}))
	if open > max(before, w.options.MaxComments) {
		t.Errorf("%d open threads after the edits, %d before, max-comments %d", open, before, w.options.MaxComments)
	}
	if p.Review == nil {
		return nil
	}
	if w.options.DryRun || !w.options.Review {
		t.Error("a review was planned though reviews are off")
	}
	if p.Review.Body == "" || len(p.Review.Comments) == 0 || p.Review.CommitID == "" {
		t.Errorf("an empty review: %+v", p.Review)
	}
	if len(p.Review.Comments) > max(0, w.options.MaxComments-open) {
		t.Errorf("%d comments beside %d open threads, max-comments %d", len(p.Review.Comments), open, w.options.MaxComments)
	}
	type spot struct {
		path        string
		first, last int
	}
	spots := map[spot]bool{}
	told := map[string]bool{}
	for _, c := range p.Review.Comments {
		happened = append(happened, "comment")
		if c.StartLine < c.Line {
			happened = append(happened, "range")
		}
		if len(c.Fingerprints) > 1 {
			happened = append(happened, "shared comment")
		}
		where := spot{c.Path, c.StartLine, c.Line}
		if spots[where] {
			t.Errorf("two comments at %v", where)
		}
		spots[where] = true
		for _, fingerprint := range c.Fingerprints {
			if told[fingerprint] {
				t.Errorf("%s is told twice", fingerprint)
			}
			told[fingerprint] = true
		}
		if checkComment(t, w, c) {
			happened = append(happened, "suggestion")
		}
	}
	for _, why := range p.uncommented {
		if why == "over max-comments" {
			happened = append(happened, why)
		}
	}
	return happened
}

func checkComment(t *testing.T, w world, c Comment) (suggests bool) {
	t.Helper()
	i := slices.IndexFunc(w.diff.Files, func(f change.File) bool { return f.Path == c.Path })
	if i < 0 {
		t.Errorf("422: path %q is not in the change", c.Path)
		return false
	}
	if c.StartLine < 1 || c.StartLine > c.Line {
		t.Errorf("422: start line %d, line %d", c.StartLine, c.Line)
	}
	inside := 0
	for _, h := range w.diff.Files[i].Hunks {
		line := h.NewStart
		shown := map[int]bool{}
		for _, op := range h.Ops {
			if op != '-' {
				shown[line] = true
				line++
			}
		}
		if shown[c.StartLine] && shown[c.Line] {
			inside++
		}
	}
	if inside != 1 {
		t.Errorf("422: lines %d-%d of %s are in %d hunks", c.StartLine, c.Line, c.Path, inside)
	}
	if c.Body == "" || utf8.RuneCountInString(c.Body) > 65_536 || !utf8.ValidString(c.Body) {
		t.Errorf("422: a body of %d bytes", len(c.Body))
	}
	var marked []string
	for _, m := range parseMarkers(c.Body) {
		marked = append(marked, m.fingerprint)
		if m.name != w.options.Name {
			t.Errorf("a marker of name %q, want %q", m.name, w.options.Name)
		}
	}
	if !slices.Equal(marked, c.Fingerprints) {
		t.Errorf("markers %v, fingerprints %v", marked, c.Fingerprints)
	}
	return checkBody(t, w, c)
}

var suggestionBlock = regexp.MustCompile("(?m)^(`{3,})suggestion\n((?:.*\n)*?)(`{3,})$")

// checkBody reads the blocks of a body as CommonMark does: outside them nothing of a stranger's acts, and there is at
// most one suggestion, which changes something.
func checkBody(t *testing.T, w world, c Comment) (suggests bool) {
	t.Helper()
	text, blocks := outsideBlocks(t, c.Body)
	for _, b := range blocks {
		if b.info != "suggestion" {
			continue
		}
		if suggests {
			t.Error("two suggestions in one comment")
		}
		suggests = true
		i := slices.IndexFunc(w.result.Files, func(f analyzer.FileResult) bool { return f.Path == c.Path })
		if slices.Equal(b.lines, sourceLines(w.result.Files[i].Source)[c.StartLine-1:c.Line]) {
			t.Errorf("a suggestion changes nothing:\n%s", c.Body)
		}
	}
	if got := strings.Count(text, "<!--"); got != len(c.Fingerprints) {
		t.Errorf("%d HTML comments for %d findings:\n%s", got, len(c.Fingerprints), c.Body)
	}
	if strings.Count(text, "<details>") != len(c.Fingerprints) || strings.Count(text, "</details>") != len(c.Fingerprints) {
		t.Errorf("folds are out of balance:\n%s", c.Body)
	}
	if suggests && !w.options.Suggestions {
		t.Error("a suggestion though they are off")
	}
	if !suggests && suggestionBlock.MatchString(text) {
		t.Error("a suggestion outside a fence")
	}
	return suggests
}

// A block is a fenced code block.
type block struct {
	info  string
	lines []string
}

// outsideBlocks reads Markdown as CommonMark does: it returns what stands in no block and no code span, and the blocks.
func outsideBlocks(t *testing.T, markdown string) (outside string, blocks []block) {
	t.Helper()
	fence := ""
	var rest []string
	for line := range strings.Lines(markdown) {
		line = strings.TrimSuffix(line, "\n")
		ticks := line[:len(line)-len(strings.TrimLeft(line, "`"))]
		switch {
		case fence != "" && len(ticks) >= len(fence) && ticks == line:
			fence = ""
		case fence != "":
			last := &blocks[len(blocks)-1]
			last.lines = append(last.lines, line)
		case len(ticks) >= 3 && !strings.Contains(line[len(ticks):], "`"):
			fence = ticks
			blocks = append(blocks, block{info: line[len(ticks):]})
		default:
			rest = append(rest, withoutCode(line))
		}
	}
	if fence != "" {
		t.Errorf("a fence stays open:\n%s", markdown)
	}
	return strings.Join(rest, "\n"), blocks
}

// withoutCode drops the code spans of a line.
func withoutCode(line string) string {
	var out strings.Builder
	for i := 0; i < len(line); i++ {
		if line[i] != '`' {
			out.WriteByte(line[i])
			continue
		}
		run := len(line[i:]) - len(strings.TrimLeft(line[i:], "`"))
		if end := closing(line[i+run:], run); end >= 0 {
			i += 2*run + end - 1
		}
	}
	return out.String()
}

// closing finds the run of exactly n backticks that ends a code span.
func closing(md string, n int) int {
	for i := 0; i < len(md); {
		run := len(md[i:]) - len(strings.TrimLeft(md[i:], "`"))
		if run == n {
			return i
		}
		i += max(run, 1)
	}
	return -1
}

// checkEdits allows only edits of our own comments that no person closed, and "fixed" only where the finding is gone.
func checkEdits(t *testing.T, w world, p Plan) (happened []string) {
	t.Helper()
	present := map[string]bool{}
	for _, file := range w.result.Files {
		for _, f := range file.Findings {
			present[f.Fingerprint] = true
		}
	}
	for _, edit := range p.Edits {
		i := slices.IndexFunc(w.posted.Comments, func(c PostedComment) bool { return c.ID == edit.CommentID })
		c := w.posted.Comments[i]
		if !c.Mine || c.Resolved && !c.ResolvedByMe {
			t.Errorf("an edit of a comment that is not ours: %+v", c)
		}
		markers := parseMarkers(edit.Body)
		if len(markers) == 0 {
			t.Errorf("an edit drops the markers: %+v", edit)
		}
		if !strings.HasPrefix(edit.Body, "Fixed in "+w.options.HeadSHA+"\n") {
			happened = append(happened, "restored")
			if edit.Reopen {
				happened = append(happened, "reopened")
			}
			for _, m := range markers {
				if !present[m.fingerprint] {
					t.Errorf("restored without its finding: %+v", edit)
				}
			}
			continue
		}
		happened = append(happened, "fixed")
		if edit.Resolve {
			happened = append(happened, "resolved")
		}
		if !slices.Equal(markers, parseMarkers(c.Body)) || edit.Resolve && !w.options.Resolve {
			t.Errorf("markers were lost or a thread resolved unasked: %+v", edit)
		}
		for _, m := range markers {
			if present[m.fingerprint] {
				t.Errorf("fixed, but still there: %+v", edit)
			}
		}
	}
	return happened
}

func checkCheck(t *testing.T, p Plan) {
	t.Helper()
	if c := p.Check; c.Title == "" || len(c.Title) > 255 || c.Summary == "" || len(c.Summary) > 65_535 || !utf8.ValidString(c.Summary) {
		t.Errorf("check run: title %q, summary of %d bytes", c.Title, len(c.Summary))
	}
	for _, a := range p.Check.Annotations {
		if a.StartLine < 1 || a.EndLine < a.StartLine || a.StartColumn != 0 && a.StartLine != a.EndLine || a.StartColumn > a.EndColumn {
			t.Errorf("annotation lines: %+v", a)
		}
		if a.Message == "" || strings.ContainsAny(a.Message, "\r\n") || utf8.RuneCountInString(a.Title) > 255 || !slices.Contains([]string{"failure", "warning", "notice"}, a.Level) {
			t.Errorf("annotation: %+v", a)
		}
	}
}

func checkLedger(t *testing.T, p Plan) {
	t.Helper()
	d := p.whole()
	settled, err := p.Settle(d)
	if err != nil || settled != p.Ledger {
		t.Errorf("settled %v, %v; planned %v", settled, err, p.Ledger)
	}
	for fingerprint := range d.Commented { // As if GitHub had refused one comment.
		delete(d.Commented, fingerprint)
		break
	}
	for _, edit := range p.Edits { // And one edit.
		delete(d.Edited, edit.CommentID)
		break
	}
	settled, err = p.Settle(d)
	if err != nil {
		t.Error(err)
	}
	if l := settled; l.Found != len(p.Findings) || l.Found != l.Commented+l.AlreadyCommented+l.SummaryOnly+l.Suppressed {
		t.Errorf("the ledger does not add up: %v", l)
	}
	summary := p.Summary(d)
	if !strings.HasSuffix(summary, "\n"+settled.String()+"\n") || len(summary) > 1<<20 || !utf8.ValidString(summary) {
		t.Errorf("the summary ends without its ledger %v:\n%s", settled, summary)
	}
	checkSummary(t, p, summary)
	checkSummary(t, p, p.Check.Summary)
}

// charted is a chart of djleak's own words and figures.
var charted = regexp.MustCompile(`^---\nconfig:\n  xyChart:\n    width: 320\n(    .*\n)*  themeVariables:\n    xyChart: .*\n---\nxychart-beta horizontal\n` +
	`  x-axis \["\d+ (high|medium|low|info|fixed)"(, "\d+ (high|medium|low|info|fixed)")*\]\n  y-axis 0 --> \d+(\n  bar \[\d+(, \d+)*\])+$`)

// checkSummary finds nothing of a stranger's that acts: one table with a row for each finding, folds in balance, and in
// blocks only code and charts.
func checkSummary(t *testing.T, p Plan, summary string) {
	t.Helper()
	text, blocks := outsideBlocks(t, summary)
	findings := len(p.unsuppressed())
	if strings.Contains(text, "| Where |") {
		findings = len(p.Findings)
	}
	if rows := strings.Count(text, "\n| "); findings > 0 && rows != findings+2 || findings == 0 && rows != 0 {
		t.Errorf("%d rows for %d findings:\n%s", rows, findings, summary)
	}
	if open, closed := strings.Count(text, "<details>"), strings.Count(text, "</details>"); open != closed || open > 4+maxShown {
		t.Errorf("%d folds open, %d close:\n%s", open, closed, summary)
	}
	if strings.Contains(text, "<!--") {
		t.Errorf("a comment in HTML:\n%s", summary)
	}
	for _, b := range blocks {
		if b.info == "mermaid" && charted.MatchString(strings.Join(b.lines, "\n")) || b.info == "python" {
			continue
		}
		t.Errorf("a block of %q:\n%s", b.info, strings.Join(b.lines, "\n"))
	}
}
