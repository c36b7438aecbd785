package main

import (
	"bytes"
	"fmt"

	"github.com/djleak/djleak/analyzer/config"
	"github.com/djleak/djleak/annotate"
	"github.com/djleak/djleak/annotate/report"
)

// report writes an outcome in the wanted format and returns what it comes to.
func (p *program) report(shared *sharedFlags, values config.Values, outcome outcome) (annotate.Conclusion, error) {
	plan := annotate.NewPlan(outcome.result, outcome.change, annotate.Posted{}, annotate.Options{
		Options: values.Options, Name: values.Name,
	})
	var text bytes.Buffer
	err := report.Write(&text, values.Format, report.Report{
		Findings: plan.Findings,
		Files:    outcome.result.Files,
		Notices:  plan.Notices,
		Rules:    values.Rules(p.rules),
		Version:  readVersion().version,
		RuleURL:  ruleURL,
		Color:    shared.output == "" && wantsColour(p.stdout, p.getenv),
	})
	if err != nil {
		return "", err
	}
	return plan.Conclusion, p.write(shared.output, text.Bytes())
}

// write writes a report to a file or, without one, to the standard output.
func (p *program) write(output string, text []byte) error {
	if output != "" {
		return replaceFile(output, text)
	}
	if _, err := p.stdout.Write(text); err != nil {
		return fmt.Errorf("write the output: %w", cause(err))
	}
	return nil
}
