package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/analyzer/config"
	"github.com/djleak/djleak/annotate"
	"github.com/djleak/djleak/annotate/github"
	"github.com/djleak/djleak/annotate/report"
)

// publish tells what was found, on every channel there is, and returns the verdict.
func (a *action) publish(ctx context.Context, values config.Values, outcome outcome) (int, error) {
	outcome.result.Notices = append(outcome.result.Notices, a.notices...)
	options := a.publishing(values)
	var failures []error
	posted, refused, err := a.posted(&options)
	failures = append(failures, err)
	if err == nil {
		posted.Untouched, err = a.untouched(ctx, values, posted.Watched(options.Name), outcome.change)
		failures = append(failures, err)
	}
	plan := annotate.NewPlan(outcome.result, outcome.change, posted, options)
	delivery := annotate.Delivery{}
	if !values.DryRun {
		delivery, err = a.client.Publish(ctx, plan, a.target(options))
		failures = append(failures, err)
	}
	delivery.Refused = append(refused, delivery.Refused...)
	ledger, err := plan.Settle(delivery)
	failures = append(failures, err, a.tell(values, plan, delivery, ledger, outcome), a.writeFile(a.shared.output, values.Format, plan, outcome))
	sarif := values.SARIFFile
	if err := a.writeFile(sarif, "sarif", plan, outcome); err != nil {
		sarif, failures = "", append(failures, err)
	}
	conclusion := plan.Conclusion
	if delivery.Stopped || values.DryRun && ctx.Err() != nil {
		conclusion = annotate.Cancelled
	}
	failures = append(failures, a.job.Output(outputs(plan, conclusion, sarif)))
	switch err := errors.Join(failures...); {
	case err != nil || conclusion == annotate.Cancelled:
		return exitWork, err
	case conclusion == annotate.Failure:
		return exitFindings, nil
	default:
		return exitClean, nil
	}
}

// posted reads what stands on the pull request. Where that cannot be known nothing is reviewed: it would be posted twice.
func (a *action) posted(options *annotate.Options) (posted annotate.Posted, refused []string, err error) {
	if !options.Review || options.DryRun {
		return annotate.Posted{}, nil, nil
	}
	posted, err = a.ahead.posted()
	if err != nil {
		options.Review = false
	}
	if refusal, ok := errors.AsType[*github.RefusedError](err); ok {
		return annotate.Posted{}, []string{refusal.Error()}, nil
	}
	return posted, nil, err
}

func (a *action) target(options annotate.Options) github.Target {
	target := github.Target{Check: options.Check}
	if options.Review {
		pull := github.Pull(*a.event.Pull)
		target.Pull = &pull
	}
	return target
}

// tell writes log, annotations where no check run shows them, and the job's summary.
func (a *action) tell(
	values config.Values, plan annotate.Plan, delivery annotate.Delivery, ledger annotate.Ledger, outcome outcome,
) error {
	var text bytes.Buffer
	failures := []error{report.Write(&text, "text", a.report(plan, outcome))}
	if len(delivery.Edited) > 0 || delivery.Resolved > 0 {
		fmt.Fprintf(&text, "%d comments edited, %d threads resolved\n", len(delivery.Edited), delivery.Resolved)
	}
	if delivery.CheckURL != "" {
		fmt.Fprintf(&text, "check run: %s\n", delivery.CheckURL)
	}
	fmt.Fprintln(&text, ledger)
	failures = append(failures, a.job.Log(text.String()))
	for _, refused := range delivery.Refused {
		failures = append(failures, a.job.Notice(refused))
	}
	if values.Check && !values.DryRun && delivery.CheckURL == "" {
		failures = append(failures, a.job.Annotate(plan.Check.Annotations))
	}
	return errors.Join(append(failures, a.job.Summarise(plan.Summary(delivery)))...)
}

func (a *action) report(plan annotate.Plan, outcome outcome) report.Report {
	return report.Report{
		Findings: plan.Findings,
		Files:    outcome.result.Files,
		Notices:  plan.Notices,
		Rules:    a.rules,
		Version:  readVersion().version,
		RuleURL:  ruleURL,
	}
}

// writeFile writes a report to a file. In the workspace, which may hold a checkout of the change, no link is followed.
func (a *action) writeFile(name, format string, plan annotate.Plan, outcome outcome) error {
	if name == "" {
		return nil
	}
	var text bytes.Buffer
	if err := report.Write(&text, format, a.report(plan, outcome)); err != nil {
		return err
	}
	if filepath.IsAbs(name) {
		return replaceFile(name, text.Bytes())
	}
	workspace, err := os.OpenRoot(cmp.Or(a.env.Workspace, "."))
	if err == nil {
		err = errors.Join(replaceIn(workspace, filepath.FromSlash(name), text.Bytes()), workspace.Close())
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, cause(err))
	}
	return nil
}

func outputs(plan annotate.Plan, conclusion annotate.Conclusion, sarif string) map[string]string {
	var by [analyzer.High + 1]int
	total := 0
	for _, finding := range plan.Findings {
		if finding.Suppression == nil {
			by[finding.Severity]++
			total++
		}
	}
	values := map[string]string{
		"findings": strconv.Itoa(total), "conclusion": string(conclusion), "sarif-file": sarif,
	}
	for severity, count := range by {
		values[analyzer.Severity(severity).String()] = strconv.Itoa(count)
	}
	return values
}

// lastWords is how long a run has to tell why it could not do its work. A runner kills one that it has asked to stop after
// 10 seconds, and whoever has waited 40 seconds for an answer that does not come should not wait much longer.
const (
	lastWordsStopped = 7 * time.Second
	lastWordsFailed  = 3 * time.Second
)

// stopped ends a run that could not do its work, or was asked to stop. What it knows of the change is nothing: the check
// run, the summary and the outputs say so, so that nobody waits for a verdict.
func (a *action) stopped(ctx context.Context, values config.Values, err error) (int, error) {
	options := a.publishing(values)
	options.Review, options.Stopped, options.Unread = false, ctx.Err() != nil, ctx.Err() == nil
	patience := lastWordsFailed
	if options.Stopped {
		patience = lastWordsStopped
		a.note("the run was stopped before it was done")
	} else {
		a.note(err.Error())
	}
	plan := annotate.NewPlan(analyzer.Result{Notices: a.notices}, change.Change{}, annotate.Posted{}, options)
	var delivery annotate.Delivery
	failures := []error{err}
	if !values.DryRun {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		var err error
		delivery, err = a.client.Publish(ctx, plan, a.target(options))
		failures = append(failures, err)
	}
	ledger, err := plan.Settle(delivery)
	failures = append(failures, err, a.job.Log(ledger.String()))
	for _, refused := range delivery.Refused {
		failures = append(failures, a.job.Notice(refused))
	}
	failures = append(failures, a.job.Summarise(plan.Summary(delivery)), a.job.Output(outputs(plan, plan.Conclusion, "")))
	return exitWork, errors.Join(failures...)
}
