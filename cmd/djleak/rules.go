package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/config"
)

func newRulesCommand(p *program) *cobra.Command {
	var format, output string
	command := &cobra.Command{
		Use:   "rules [RULE]",
		Short: "List the rules, or explain one",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("%q is too much: give one rule, or none to list them all", args[1])
			}
			return nil
		},
		ValidArgs: ruleNames(p.rules),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := p.describeRules(args, format)
			if err != nil {
				return err
			}
			return p.write(output, text)
		},
	}
	flags := command.Flags()
	flags.StringVar(&format, "format", "text", "`FORMAT` of the output: text or json")
	flags.StringVar(&output, "output", "", "write to `FILE`, whole or not at all, instead of the standard output")
	return command
}

// describeRules explains the rule that the arguments name or, without one, lists all.
func (p *program) describeRules(args []string, format string) ([]byte, error) {
	rules := p.rules
	if len(args) == 1 {
		rule, err := p.rule(args[0])
		if err != nil {
			return nil, err
		}
		rules = []*analyzer.Rule{rule}
	}
	switch {
	case format == "json":
		return rulesJSON(rules)
	case format != "text":
		return nil, usagef("--format: %q is none of text, json", format)
	case len(args) == 1:
		return explain(rules[0]), nil
	}
	return rulesTable(rules)
}

func (p *program) rule(name string) (*analyzer.Rule, error) {
	for _, rule := range p.rules {
		if rule.Name == name {
			return rule, nil
		}
	}
	if hint := config.DidYouMean(name, ruleNames(p.rules)); hint != "" {
		return nil, usagef("no rule %q%s", name, hint)
	}
	return nil, usagef("no rule %q; \"djleak rules\" lists them", name)
}

// A ruleRow is a rule as "djleak rules --format json" tells it.
type ruleRow struct {
	Name       string              `json:"name"`
	Summary    string              `json:"summary"`
	Severity   analyzer.Severity   `json:"severity"`
	Confidence analyzer.Confidence `json:"confidence"`
	Fix        analyzer.FixKind    `json:"fix"`
	Status     analyzer.Status     `json:"status"`
	Default    bool                `json:"default"`
}

func rulesJSON(rules []*analyzer.Rule) ([]byte, error) {
	rows := make([]ruleRow, len(rules))
	for i, rule := range rules {
		rows[i] = ruleRow{
			Name:       rule.Name,
			Summary:    rule.Summary(),
			Severity:   rule.Severity,
			Confidence: rule.Confidence,
			Fix:        rule.Fix,
			Status:     rule.Status,
			Default:    rule.Default(),
		}
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(rows); err != nil {
		return nil, fmt.Errorf("write the rules: %w", err)
	}
	return text.Bytes(), nil
}

func rulesTable(rules []*analyzer.Rule) ([]byte, error) {
	var text bytes.Buffer
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "RULE\tSEVERITY\tCONFIDENCE\tFIX\tSTATUS\tSUMMARY")
	for _, rule := range rules {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n",
			rule.Name, rule.Severity, rule.Confidence, rule.Fix, rule.Status, rule.Summary())
	}
	if err := table.Flush(); err != nil {
		return nil, fmt.Errorf("write the rules: %w", err)
	}
	return text.Bytes(), nil
}

// explain is a rule's page with its facts below the title, and where to read it with pictures.
func explain(rule *analyzer.Rule) []byte {
	_, page, _ := strings.Cut(rule.Doc, "\n")
	facts := fmt.Sprintf("severity %s, confidence %s, fix %s, %s", rule.Severity, rule.Confidence, rule.Fix, rule.Status)
	return fmt.Appendf(nil, "%s\n%s\n\n%s\n\nWith figures and the fix: %s\n", rule.Name, facts, strings.TrimSpace(plainText(page)), ruleURL(rule.Name))
}
