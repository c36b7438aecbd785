package actions

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/djleak/djleak/annotate"
)

// shown is how many annotations of one level GitHub shows of a step.
const shown = 10

// Annotate writes annotations as workflow commands, as many as GitHub shows.
func (j Job) Annotate(annotations []annotate.Annotation) error {
	written := map[string]int{}
	return guarded("write annotations", func() {
		for _, annotation := range annotations {
			if written[annotation.Level]++; written[annotation.Level] > shown {
				continue
			}
			command := j.action().WithFieldsMap(fieldsOf(annotation))
			switch annotation.Level {
			case "failure":
				command.Errorf("%s", annotation.Message)
			case "warning":
				command.Warningf("%s", annotation.Message)
			default:
				command.Noticef("%s", annotation.Message)
			}
		}
	})
}

func fieldsOf(annotation annotate.Annotation) map[string]string {
	fields := map[string]string{
		"file":    annotation.Path,
		"line":    strconv.Itoa(annotation.StartLine),
		"endLine": strconv.Itoa(annotation.EndLine),
	}
	if annotation.Title != "" {
		fields["title"] = annotation.Title
	}
	if annotation.StartColumn > 0 {
		fields["col"], fields["endColumn"] = strconv.Itoa(annotation.StartColumn), strconv.Itoa(annotation.EndColumn)
	}
	return fields
}

// Notice tells the user something that is no finding.
func (j Job) Notice(text string) error {
	return guarded("write notice", func() { j.action().Noticef("%s", text) })
}

// Error tells the user why the work could not be done.
func (j Job) Error(text string) error {
	return guarded("write error", func() { j.action().Errorf("%s", text) })
}

// Summarise appends Markdown to the job's summary. Outside of a job it goes to the log.
func (j Job) Summarise(markdown string) error {
	if j.Getenv("GITHUB_STEP_SUMMARY") == "" {
		return j.Log(markdown)
	}
	return guarded("write job summary", func() { j.action().AddStepSummary(strings.TrimSuffix(markdown, "\n")) })
}

// Output sets the outputs. Their file is delimited by a word that everybody knows, so that a value of several lines is an
// error.
func (j Job) Output(values map[string]string) error {
	if j.Getenv("GITHUB_OUTPUT") == "" {
		return nil
	}
	var failures []error
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if strings.ContainsAny(values[name], "\r\n") {
			failures = append(failures, fmt.Errorf("write output %s: it has several lines", name))
			continue
		}
		failures = append(failures, guarded("write output "+name, func() { j.action().SetOutput(name, values[name]) }))
	}
	return errors.Join(failures...)
}
