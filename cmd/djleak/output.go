package main

import (
	"bytes"
	"fmt"
	"io"

	"github.com/djleak/djleak/analyzer/config"
)

// report writes an outcome in the wanted format.
func (p *program) report(shared *sharedFlags, values config.Values, outcome outcome) error {
	var text bytes.Buffer
	for _, file := range outcome.result.Files {
		for _, finding := range file.Findings {
			if values.Reports(finding) {
				fmt.Fprintf(&text, "%s:%d:%d: %s %s: %s\n", finding.Path, finding.Region.StartLine, finding.Region.StartColumn, finding.Severity, finding.Rule.Name, finding.Message)
			}
		}
	}
	return p.write(shared.output, text.Bytes())
}

// write writes a report to a file or, without one, to the standard output.
func (p *program) write(output string, text []byte) error {
	if output != "" {
		return replaceFile(output, text)
	}
	if _, err := io.Copy(p.stdout, bytes.NewReader(text)); err != nil {
		return fmt.Errorf("write the output: %w", err)
	}
	return nil
}
