package report

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/annotate/markdown"
)

const (
	homepage    = "https://github.com/djleak/djleak"
	sarifSchema = "https://json.schemastore.org/sarif-2.1.0.json"
	// maxResults is what GitHub takes of one run: an upload with more is refused whole.
	maxResults = 25_000
)

// The log of SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), as far as djleak fills it. The libraries for
// it bring a schema validator and some twenty empty members a result.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID                   string         `json:"id"`
		ShortDescription     *sarifText     `json:"shortDescription,omitempty"`
		Help                 *sarifText     `json:"help,omitempty"`
		HelpURI              string         `json:"helpUri,omitempty"`
		DefaultConfiguration sarifLevel     `json:"defaultConfiguration"`
		Properties           sarifRuleProps `json:"properties"`
	}
	sarifLevel struct {
		Level string `json:"level"`
	}
	sarifRuleProps struct {
		Tags      []string `json:"tags"`
		Precision string   `json:"precision"`
		Severity  string   `json:"problem.severity"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifInvocation struct {
		ExecutionSuccessful        bool                `json:"executionSuccessful"`
		ToolExecutionNotifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifResult struct {
		RuleID              string             `json:"ruleId"`
		RuleIndex           int                `json:"ruleIndex"`
		Level               string             `json:"level"`
		Message             sarifText          `json:"message"`
		Locations           []sarifLocation    `json:"locations"`
		PartialFingerprints map[string]string  `json:"partialFingerprints"`
		Fixes               []sarifFix         `json:"fixes,omitempty"`
		Suppressions        []sarifSuppression `json:"suppressions"`
		Properties          sarifResultProps   `json:"properties"`
	}
	sarifResultProps struct {
		Severity   analyzer.Severity   `json:"severity"`
		Confidence analyzer.Confidence `json:"confidence"`
	}
	sarifLocation struct {
		PhysicalLocation sarifPhysical  `json:"physicalLocation"`
		LogicalLocations []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		ArtifactLocation sarifArtifact `json:"artifactLocation"`
		Region           *sarifRegion  `json:"region,omitempty"`
	}
	sarifLogical struct {
		FullyQualifiedName string `json:"fullyQualifiedName"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifFix struct {
		Description     sarifText     `json:"description"`
		ArtifactChanges []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		ArtifactLocation sarifArtifact      `json:"artifactLocation"`
		Replacements     []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		DeletedRegion   sarifRegion `json:"deletedRegion"`
		InsertedContent sarifText   `json:"insertedContent"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification,omitempty"`
	}
)

var (
	sarifLevels = [...]string{
		analyzer.Info: "note", analyzer.Low: "note", analyzer.Medium: "warning", analyzer.High: "error",
	}
	// GitHub's own words for rules: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
	problemSeverities = [...]string{
		analyzer.Info: "recommendation", analyzer.Low: "recommendation", analyzer.Medium: "warning", analyzer.High: "error",
	}
	precisions = [...]string{
		analyzer.LowConfidence: "low", analyzer.MediumConfidence: "medium", analyzer.HighConfidence: "high",
	}
)

func sarif(out *bytes.Buffer, r Report) error {
	invocation := sarifInvocation{ExecutionSuccessful: true}
	for _, n := range r.Notices {
		invocation.ToolExecutionNotifications = append(invocation.ToolExecutionNotifications, notificationOf(n))
	}
	found := r.Findings
	if left := len(found) - maxResults; left > 0 {
		found = slices.SortedStableFunc(slices.Values(worst(found, maxResults)), analyzer.CompareFindings)
		invocation.ToolExecutionNotifications = append(invocation.ToolExecutionNotifications, notificationOf(analyzer.Notice{
			Message: fmt.Sprintf("%d less important findings are left out: GitHub takes %d", left, maxResults),
		}))
	}
	rules := rulesOf(r)
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{Name: "djleak", Version: r.Version, InformationURI: homepage, Rules: []sarifRule{}}},
		Invocations: []sarifInvocation{invocation},
		ColumnKind:  "utf16CodeUnits",
		Results:     []sarifResult{},
	}
	index := map[string]int{}
	for i, rule := range rules {
		index[rule.Name] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, r.sarifRule(rule))
	}
	pages := r.pages()
	for _, f := range found {
		run.Results = append(run.Results, sarifResultOf(f, index[f.Rule.Name], pages[f.Path]))
	}
	return encode(out, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

// rulesOf are the rules that ran and those of the findings, by name.
func rulesOf(r Report) []*analyzer.Rule {
	rules := slices.Clone(r.Rules)
	for _, f := range r.Findings {
		rules = append(rules, f.Rule)
	}
	slices.SortStableFunc(rules, func(a, b *analyzer.Rule) int { return strings.Compare(a.Name, b.Name) })
	return slices.CompactFunc(rules, func(a, b *analyzer.Rule) bool { return a.Name == b.Name })
}

func (r Report) sarifRule(rule *analyzer.Rule) sarifRule {
	described := sarifRule{
		ID:                   rule.Name,
		HelpURI:              r.ruleURL(rule),
		DefaultConfiguration: sarifLevel{sarifLevels[rule.Severity]},
		Properties: sarifRuleProps{
			Tags: []string{"django", "memory", "performance"}, Precision: precisions[rule.Confidence],
			Severity: problemSeverities[rule.Severity],
		},
	}
	if summary := rule.Summary(); summary != "" {
		described.ShortDescription = &sarifText{Text: summary}
		described.Help = &sarifText{Text: summary, Markdown: markdown.WithoutPictures(rule.Doc)}
	}
	return described
}

func sarifResultOf(f analyzer.Finding, ruleIndex int, p page) sarifResult {
	artifact := sarifArtifact{URI: uri(f.Path)}
	location := sarifLocation{PhysicalLocation: sarifPhysical{artifact, regionOf(f.Region, p)}}
	if f.Scope != "" {
		location.LogicalLocations = []sarifLogical{{f.Scope}}
	}
	result := sarifResult{
		RuleID: f.Rule.Name, RuleIndex: ruleIndex, Level: sarifLevels[f.Severity], Message: sarifText{Text: markdown.Line(f.Message)},
		Locations:           []sarifLocation{location},
		PartialFingerprints: map[string]string{"djleak/v1": f.Fingerprint},
		// All results say whether they are suppressed, or none may (3.27.23).
		Suppressions: []sarifSuppression{},
		Properties:   sarifResultProps{f.Severity, f.Confidence},
	}
	if f.Suppression != nil {
		result.Suppressions = append(result.Suppressions, sarifSuppression{Kind: "inSource", Justification: f.Suppression.Reason})
	}
	if edits := changes(f, p); len(edits) > 0 {
		change := sarifChange{ArtifactLocation: artifact}
		for _, c := range edits {
			change.Replacements = append(change.Replacements, sarifReplacement{
				DeletedRegion: sarifRegion{
					StartLine: c.start.line, StartColumn: p.Units(c.start.line, c.start.column),
					EndLine: c.end.line, EndColumn: p.Units(c.end.line, c.end.column),
				},
				InsertedContent: sarifText{Text: c.text},
			})
		}
		result.Fixes = []sarifFix{{sarifText{Text: f.Fix.Message}, []sarifChange{change}}}
	}
	return result
}

// regionOf has columns only where the file's text is at hand to count them in.
func regionOf(r analyzer.Region, p page) *sarifRegion {
	region := &sarifRegion{StartLine: max(r.StartLine, 1), EndLine: max(r.EndLine, r.StartLine, 1)}
	if p.has(r) {
		region.StartColumn = p.Units(r.StartLine, r.StartColumn)
		region.EndColumn = p.Units(r.EndLine, r.EndColumn)
	}
	return region
}

func notificationOf(n analyzer.Notice) sarifNotification {
	notification := sarifNotification{Level: "warning", Message: sarifText{Text: markdown.Line(n.Message)}}
	if n.Path != "" {
		at := sarifPhysical{ArtifactLocation: sarifArtifact{URI: uri(n.Path)}}
		if n.Line > 0 {
			at.Region = &sarifRegion{StartLine: n.Line}
		}
		notification.Locations = []sarifLocation{{PhysicalLocation: at}}
	}
	return notification
}

// uri writes a path as a relative reference (RFC 3986).
func uri(path string) string {
	var out strings.Builder
	for _, b := range []byte(path) {
		switch {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9', strings.IndexByte("-._~/", b) >= 0:
			out.WriteByte(b)
		default:
			fmt.Fprintf(&out, "%%%02X", b)
		}
	}
	return out.String()
}
