package analyzer

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

// An inspection is what one version of a file came to.
type inspection struct {
	state        FileState
	source       python.Source
	findings     []Finding
	suppressions []Suppression
	failedRules  []string
	// cutRules are those some of whose findings were left out, in any order.
	cutRules []string
	notices  []Notice
}

// A workbench is what a worker reuses from file to file. What stands on it is valid until the next file.
type workbench struct {
	parser   python.Parser
	resolver names.Resolver
}

var workbenches = sync.Pool{New: func() any { return new(workbench) }}

// maxKept is the length of the longest file whose workbench is used again: its memory is some forty times the file's.
const maxKept = 128 << 10

func takeWorkbench() *workbench {
	bench, _ := workbenches.Get().(*workbench)
	return bench
}

// put makes a workbench available for the next file.
func (b *workbench) put(text string) {
	if len(text) <= maxKept {
		workbenches.Put(b)
	}
}

// A version of a file is what there is to inspect.
type version struct {
	// Path is where it stands, identity the path that goes into fingerprints: the path in the base, so that a renamed file
	// keeps its findings.
	path     string
	identity func() string
	raw      []byte
	// Head is false for the base of a change, which needs no fixes.
	head bool
}

// inspect analyses one version of a file.
func (a *Analyzer) inspect(file version) inspection {
	path, raw := file.path, file.raw
	if selection.Generated(raw) && !a.wantsGenerated(path) {
		return inspection{}
	}
	if selection.LFSPointer(raw) {
		return undecoded(path, "not read: kept in Git LFS")
	}
	source, err := python.Decode(raw)
	if err != nil {
		return undecoded(path, err.Error())
	}
	at := placing{
		path: path, identity: file.identity, kind: a.kind(path), text: source.Text, lines: python.NewLines(source.Text),
	}
	result := inspection{source: source}
	var parsed *python.File
	var found []placed
	if at.kind == selection.Deployment {
		parsed, found = a.inspectDeployment(&result, at)
	} else {
		bench := takeWorkbench()
		defer bench.put(source.Text)
		parsed = bench.parser.Parse(source.Text)
		found = a.inspectPython(&result, parsed, at, bench, file.head)
	}
	for _, p := range found {
		result.findings = append(result.findings, p.Finding)
	}
	for _, rule := range result.failedRules {
		result.notices = append(result.notices, Notice{Path: path, Message: "the rule " + rule + " crashed on this file"})
	}
	result.failedRules = slices.Compact(slices.Sorted(slices.Values(slices.Concat(result.failedRules, result.cutRules))))
	result.suppressions = suppressions(parsed, at.lines)
	result.findings = append(result.findings, a.suppress(result, at)...)
	a.rate(result.findings)
	slices.SortStableFunc(result.findings, CompareFindings)
	return result
}

// rate gives the findings of some rules the severities that a project wants for them. High stays for what is certain.
func (a *Analyzer) rate(findings []Finding) {
	for i := range findings {
		f := &findings[i]
		severity, ok := a.Severities[f.Rule.Name]
		if ok && f.Confidence < HighConfidence {
			severity = min(severity, Medium)
		}
		if ok {
			f.Severity = severity
		}
	}
}

// maxFindings is how many findings of one file are told. Nobody reads more, and a megabyte can hold fifty thousand.
const maxFindings = 10_000

// worst returns the most severe of too many findings, in their order. A rule that loses some counts as one that did not run
// to its end: what is left out is not gone.
func (in *inspection) worst(found []placed, at placing) []placed {
	if len(found) <= maxFindings {
		return found
	}
	slices.SortStableFunc(found, func(a, b placed) int { return cmp.Compare(b.Severity, a.Severity) })
	lost := make(map[string]bool)
	for _, p := range found[maxFindings:] {
		lost[p.Rule.Name] = true
	}
	in.cutRules = slices.Collect(maps.Keys(lost))
	in.notices = append(in.notices, Notice{
		Path:    at.path,
		Message: fmt.Sprintf("too many findings for one file: the last %d of the least severe are left out", len(found)-maxFindings),
	})
	found = found[:maxFindings]
	slices.SortStableFunc(found, func(a, b placed) int { return CompareFindings(a.Finding, b.Finding) })
	return found
}

func undecoded(path, reason string) inspection {
	return inspection{state: Unread, notices: []Notice{{Path: path, Message: reason}}}
}

// inspectPython runs the rules over a parsed module and, if mends is set, proves their fixes.
func (a *Analyzer) inspectPython(result *inspection, file *python.File, at placing, bench *workbench, mends bool) []placed {
	if len(file.Errors) > 0 {
		first := file.Errors[0]
		result.broken(at, at.lines.Line(first.Start), first.Msg)
	}
	rules := a.rulesFor(at.kind, at.text)
	if len(rules) == 0 {
		return nil
	}
	view := a.view(file, at.path, at.kind, bench)
	at.scopes = view.File.File
	var found []placed
	found, result.failedRules = runRules(rules, view)
	place(found, at)
	// What is wrong with code that nobody runs hurts nobody, and other people's code is not mended here.
	counts := slices.ContainsFunc(found, func(p placed) bool { return !p.Preview })
	idle := counts && (view.Foreign() || view.Discarded() || view.ForDevelopment() || view.IsSquashed() || !a.Modules.loads(at.path, view.File.File))
	for i := range found {
		start := found[i].diagnostic.Span.Start
		found[i].Preview = found[i].Preview || idle || view.UncalledAt(start) || a.Modules.stops(view.File, at.path, start) ||
			a.Project != nil && a.Project.OutgrewDjango(view.DjangoAt(start)) // To ask the file takes its time.
		if a.Mentions != nil && !found[i].Preview {
			found[i].Entrances = append(view.Entrances(start), found[i].diagnostic.Entrances...)
			found[i].Imports = view.ImportsBefore(start)
			found[i].Table, found[i].Rows = found[i].diagnostic.Table, found[i].diagnostic.Rows
			found[i].Demand = view.Demand(start)
		}
	}
	found = result.worst(found, at)
	if mends {
		unproven := a.prove(found, proof{
			path: at.path, kind: at.kind, text: at.text, lines: at.lines, syntaxErrors: len(file.Errors), failedRules: len(result.failedRules),
		})
		if unproven > 0 {
			result.notices = append(result.notices, Notice{
				Path:    at.path,
				Message: fmt.Sprintf("too many fixes for one file: none is offered for the last %d findings that have one", unproven),
			})
		}
	}
	return found
}

// inspectDeployment runs the rules over settings that are not Python. The rules see an empty module beside them. Fixes are for
// Python: here the remedy is shown.
func (a *Analyzer) inspectDeployment(result *inspection, at placing) (*python.File, []placed) {
	read, comments, err := settings.Read(at.path, at.text)
	if err != nil {
		result.broken(at, 0, err.Error())
	}
	file := &python.File{Source: at.text, Module: new(python.Module), Comments: comments, NodeCount: 1}
	rules := a.rulesFor(at.kind, at.text)
	if len(rules) == 0 {
		return file, nil
	}
	view := a.view(file, at.path, at.kind, new(workbench))
	view.Settings = read
	var found []placed
	found, result.failedRules = runRules(rules, view)
	place(found, at)
	found = result.worst(found, at)
	return file, found
}

// broken notes that a file is not what its language allows.
func (in *inspection) broken(at placing, line int, why string) {
	in.state = Broken
	in.notices = append(in.notices, Notice{
		Path: at.path, Line: line, Message: why + ": only the intact parts of this file were analysed",
	})
}

// rulesFor returns the rules that may find something in a file of a kind.
func (a *Analyzer) rulesFor(kind selection.Kind, text string) []*Rule {
	known := &a.triggers[kind]
	known.once.Do(func() { known.triggers = newTriggers(a.Rules, kind, a.Vocabulary.Words()) })
	return known.find(text)
}

// AsksProject reports whether a rule that may find something in a file asks for the facts of the whole repository, so that
// nobody gathers them in vain.
func (a *Analyzer) AsksProject(path string, raw []byte) bool {
	return slices.ContainsFunc(a.rulesFor(a.kind(path), string(raw)), func(rule *Rule) bool { return rule.Project })
}

// A placed diagnostic is on its way to become a finding.
type placed struct {
	Finding
	diagnostic Diagnostic
}

// view resolves a parsed file to what the rules see of it.
func (a *Analyzer) view(file *python.File, path string, kind selection.Kind, bench *workbench) Pass {
	pass := Pass{
		File:    django.NewFile(bench.resolver.Resolve(file), path),
		Kind:    kind,
		Project: a.Project,
	}
	pass.Vocabulary = a.Vocabulary
	if pass.Kind&selection.Settings != 0 {
		pass.Settings = settings.ReadPython(pass.File.File, path)
	}
	return pass
}

// runRules runs the rules over a file. A rule that panics loses its diagnostics for this file, and only those.
func runRules(rules []*Rule, view Pass) (found []placed, failed []string) {
	for _, rule := range rules {
		pass := new(view)
		if !runRule(rule, pass) {
			failed = append(failed, rule.Name)
			continue
		}
		for _, d := range pass.diagnostics {
			found = append(found, placed{Finding: Finding{Rule: rule}, diagnostic: d})
		}
	}
	slices.Sort(failed)
	return found, failed
}

// runRule is the one place where a rule's panic is caught: a mistake in one rule must not cost a team its review.
func runRule(rule *Rule, pass *Pass) (ok bool) {
	defer func() { ok = recover() == nil }()
	rule.Run(pass)
	return true
}
