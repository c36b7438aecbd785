package github

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	gh "github.com/google/go-github/v60/github"

	"github.com/djleak/djleak/annotate"
)

// annotationsAtOnce is how many annotations a request may bring: https://docs.github.com/en/rest/checks/runs
const annotationsAtOnce = 50

// check creates the check run, complete with its first annotations, and adds the others. A run of the same outcome that
// stands on the same commit is kept; one that an interrupted run left short gets the annotations that it lacks. Where ctx
// ends first, a check run that says so takes its place: an app may not take back what it concluded. Standing returns the
// run that stands already.
func (p *publisher) check(ctx context.Context, check annotate.Check, standing func() (*gh.CheckRun, error)) error {
	err := p.completeCheck(ctx, check, standing)
	if ctx.Err() == nil || errors.Is(ctx.Err(), context.DeadlineExceeded) {
		// Who has set a deadline has no more time for last words either.
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
	defer cancel()
	cancelled := annotate.Check{
		Name: check.Name, HeadSHA: check.HeadSHA, Conclusion: annotate.Cancelled,
		Title: "Stopped", Summary: "The run was stopped before it was done.",
	}
	cancelErr := p.completeCheck(ctx, cancelled, func() (*gh.CheckRun, error) { return p.findCheck(ctx, cancelled) })
	if cancelErr != nil {
		cancelErr = fmt.Errorf("conclude it as cancelled: %w", cancelErr)
	}
	return errors.Join(err, cancelErr)
}

func (p *publisher) completeCheck(ctx context.Context, check annotate.Check, standing func() (*gh.CheckRun, error)) error {
	run, err := p.createCheck(ctx, check, standing)
	if err == nil {
		p.delivery.CheckURL = run.GetHTMLURL()
		err = p.annotateCheck(ctx, run, check)
	}
	if p.refused(checkChannel, checkPermission, err) {
		return nil
	}
	return err
}

// createCheck returns the check run that stands for this outcome, new or old.
func (p *publisher) createCheck(ctx context.Context, check annotate.Check, standing func() (*gh.CheckRun, error)) (*gh.CheckRun, error) {
	run, err := standing()
	if _, refused := refusal(err); err != nil && !refused {
		return nil, err
	}
	if run != nil {
		return run, nil
	}
	options := gh.CreateCheckRunOptions{
		Name:        check.Name,
		HeadSHA:     check.HeadSHA,
		ExternalID:  new(externalID(check)),
		Status:      new("completed"),
		Conclusion:  new(string(check.Conclusion)),
		CompletedAt: &gh.Timestamp{Time: time.Now().UTC()},
		Output:      outputOf(check, 0),
	}
	err = p.write(ctx, "create check run", func(ctx context.Context) error {
		var err error
		run, _, err = p.rest.Checks.CreateCheckRun(ctx, p.owner, p.name, options)
		if err == nil && run.GetID() == 0 {
			return &answerError{text: "the answer has no check run", passing: true, unclear: true}
		}
		return err //nolint:wrapcheck // write words it.
	}, func(ctx context.Context) (bool, error) {
		var err error
		run, err = p.findCheck(ctx, check)
		return run != nil, err
	})
	if err != nil {
		return nil, err
	}
	return run, nil
}

// findCheck returns the newest check run of ours and of the name if it tells the same outcome. Others may have the name too, the job's
// own for one, and only the newest of a name is told unless all are asked for.
func (p *publisher) findCheck(ctx context.Context, check annotate.Check) (*gh.CheckRun, error) {
	var newest *gh.CheckRun
	options := &gh.ListCheckRunsOptions{CheckName: new(check.Name), Filter: new("all"), ListOptions: gh.ListOptions{Page: 1, PerPage: 100}}
	for options.Page != 0 {
		var found *gh.ListCheckRunsResults
		err := p.try(ctx, "list check runs", func(ctx context.Context) error {
			runs, response, err := p.rest.Checks.ListCheckRunsForRef(ctx, p.owner, p.name, check.HeadSHA, options)
			if err == nil {
				found, options.Page = runs, nextPage(options.Page, response)
			}
			return err //nolint:wrapcheck // try words it.
		}, nil)
		if err != nil {
			return nil, err
		}
		for _, run := range found.CheckRuns {
			if strings.HasPrefix(run.GetExternalID(), idPrefix) && run.GetName() == check.Name && run.GetID() > newest.GetID() {
				newest = run
			}
		}
	}
	if newest.GetExternalID() != externalID(check) {
		return nil, nil //nolint:nilnil // No run and no error is an answer.
	}
	return newest, nil
}

// annotateCheck adds what the check run lacks of its annotations.
func (p *publisher) annotateCheck(ctx context.Context, run *gh.CheckRun, check annotate.Check) error {
	// A new run's answer may still count none.
	done := run.GetOutput().GetAnnotationsCount()
	if done == 0 {
		done = min(annotationsAtOnce, len(check.Annotations))
	}
	for done < len(check.Annotations) {
		next := min(done+annotationsAtOnce, len(check.Annotations))
		err := p.write(ctx, fmt.Sprintf("annotate check run: %d to %d", done+1, next), func(ctx context.Context) error {
			_, _, err := p.rest.Checks.UpdateCheckRun(ctx, p.owner, p.name, run.GetID(), gh.UpdateCheckRunOptions{
				Name: check.Name, Output: outputOf(check, done),
			})
			return err //nolint:wrapcheck // write words it.
		}, func(ctx context.Context) (bool, error) {
			now, err := p.getCheck(ctx, run.GetID())
			return now.GetOutput().GetAnnotationsCount() >= next, err
		})
		if err != nil {
			return err
		}
		done = next
	}
	return nil
}

func (p *publisher) getCheck(ctx context.Context, id int64) (run *gh.CheckRun, err error) {
	err = p.try(ctx, "read check run", func(ctx context.Context) error {
		var err error
		run, _, err = p.rest.Checks.GetCheckRun(ctx, p.owner, p.name, id)
		return err //nolint:wrapcheck // try words it.
	}, nil)
	return run, err
}

// outputOf is the check run's page with as many of the annotations from first on as one request may bring.
func outputOf(check annotate.Check, first int) *gh.CheckRunOutput {
	output := &gh.CheckRunOutput{Title: new(check.Title), Summary: new(check.Summary)}
	for _, annotation := range check.Annotations[first:min(first+annotationsAtOnce, len(check.Annotations))] {
		output.Annotations = append(output.Annotations, annotationOf(annotation))
	}
	return output
}

func annotationOf(annotation annotate.Annotation) *gh.CheckRunAnnotation {
	result := &gh.CheckRunAnnotation{
		Path:            new(annotation.Path),
		StartLine:       new(annotation.StartLine),
		EndLine:         new(annotation.EndLine),
		AnnotationLevel: new(annotation.Level),
		Message:         new(annotation.Message),
	}
	if annotation.Title != "" {
		result.Title = new(annotation.Title)
	}
	if annotation.StartColumn > 0 && annotation.EndColumn > 0 {
		result.StartColumn, result.EndColumn = new(annotation.StartColumn), new(annotation.EndColumn)
	}
	return result
}

// idPrefix begins the ids of our check runs.
const idPrefix = "djleak v=1 "

// externalID names an outcome: its conclusion and its annotations, not the words of its summary, which tell what was
// commented when.
func externalID(check annotate.Check) string {
	text, err := json.Marshal(struct {
		Conclusion  annotate.Conclusion
		Annotations []annotate.Annotation
	}{check.Conclusion, check.Annotations})
	if err != nil {
		panic(err) // Strings and numbers always marshal.
	}
	return fmt.Sprintf("%sannotations=%d outcome=%.16x", idPrefix, len(check.Annotations), sha256.Sum256(text))
}
