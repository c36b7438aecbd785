package main

import (
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/djleak/djleak/annotate/github/githubtest"
)

// afar is how long each answer of a server takes in these tests that is not on this machine.
const afar = 50 * time.Millisecond

// thirtyModules are changed from what a rule allows to what it reports.
func thirtyModules(tb testing.TB) (base, head contents) {
	tb.Helper()
	modules, err := filepath.Glob("../../analyzer/rules/*/testdata/bad.py")
	if err != nil || len(modules) < 30 {
		tb.Fatalf("%d modules to change: %v", len(modules), err)
	}
	base, head = contents{}, contents{}
	for _, module := range modules[:30] {
		folder := filepath.Dir(module)
		bad := read(tb, module)
		// The first line tells where the module would be.
		first, _, _ := strings.Cut(bad, "\n")
		place := path.Join(filepath.Base(filepath.Dir(folder)), strings.TrimPrefix(first, "# "))
		base[place], head[place] = githubtest.Text(read(tb, filepath.Join(folder, "good.py"))), githubtest.Text(bad)
	}
	return base, head
}

func read(tb testing.TB, name string) string {
	tb.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

// BenchmarkAction times a review of thirty changed modules as a whole process, and beside it a client that sends the same
// requests in the same order, as many at once, and does nothing else. It fails where the review takes more than 1.2 times
// as long each time: once is enough to tell that only the machine was busy.
func BenchmarkAction(b *testing.B) {
	const most = 1.2
	djleak := filepath.Join(b.TempDir(), "djleak")
	build := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", djleak, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if text, err := build.CombinedOutput(); err != nil {
		b.Fatalf("build djleak: %s\n%s", err, text)
	}
	base, head := thirtyModules(b)
	var whole, bare, first, ratios []float64
	var requests []githubtest.Request
	for b.Loop() {
		w := newWorld(b, base, head)
		w.Delay(afar)
		began := time.Now()
		w.start(djleak)
		took := time.Since(began)
		requests = w.Requests()
		first = append(first, float64(requests[0].Began.Sub(began).Microseconds())/1000)

		w = newWorld(b, base, head)
		w.Delay(afar)
		client := &http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()}
		began = time.Now()
		if err := githubtest.Replay(b.Context(), client, w.environment["GITHUB_API_URL"], requests); err != nil {
			b.Fatal(err)
		}
		least := time.Since(began)
		client.CloseIdleConnections()
		whole, bare = append(whole, float64(took.Milliseconds())), append(bare, float64(least.Milliseconds()))
		ratios = append(ratios, float64(took)/float64(least))
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(whole), "ms/review")
	b.ReportMetric(median(bare), "ms/requests")
	b.ReportMetric(median(first), "ms/start")
	b.ReportMetric(median(ratios), "ratio")
	b.ReportMetric(float64(len(requests)), "requests")
	b.ReportMetric(float64(githubtest.Rounds(requests)), "rounds")
	if best := slices.Min(ratios); best > most {
		b.Errorf("a review takes at best %.2f times as long as its requests, more than %.1f times", best, most)
	}
}

// start runs a program as the job's step.
func (w *world) start(program string) {
	w.t.Helper()
	command := exec.CommandContext(w.t.Context(), program, "action")
	for name, value := range w.environment {
		command.Env = append(command.Env, name+"="+value)
	}
	if text, _ := command.CombinedOutput(); command.ProcessState.ExitCode() != exitFindings {
		w.t.Fatalf("exit status %d; the log:\n%s", command.ProcessState.ExitCode(), text)
	}
	for _, violation := range w.Violations() {
		w.t.Errorf("violation: %s", violation)
	}
}

func median(figures []float64) float64 {
	slices.Sort(figures)
	return figures[len(figures)/2]
}
