package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/annotate/github/githubtest"
)

// A runner asks a process to stop by a signal and kills it ten seconds later: until then it says that it was stopped.
func TestActionEndsOnSIGTERM(t *testing.T) {
	t.Parallel()
	tests := map[string]githubtest.Fault{
		"while it reads":     {Method: "POST", Path: "/graphql", Hang: true, Times: 1},
		"while it reviews":   {Method: "POST", Path: "/pulls/12/reviews", Hang: true},
		"while it concludes": {Method: "POST", Path: "/check-runs", Hang: true, Times: 1},
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, fault := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := leak(t)
			w.Fail(fault)
			// The tests' program is djleak under this name: see TestMain.
			djleak := filepath.Join(t.TempDir(), "djleak")
			if err := os.Symlink(program, djleak); err != nil {
				t.Fatal(err)
			}
			command := exec.CommandContext(t.Context(), djleak, "action")
			for name, value := range w.environment {
				command.Env = append(command.Env, name+"="+value)
			}
			var log strings.Builder
			command.Stdout, command.Stderr = &log, &log
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			for w.Struck() == 0 {
				time.Sleep(time.Millisecond)
			}
			began := time.Now()
			if err := command.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			_ = command.Wait()
			if status := command.ProcessState.ExitCode(); status != exitWork || time.Since(began) > 9*time.Second {
				t.Errorf("exit status %d after %s; the log:\n%s", status, time.Since(began), log.String())
			}
			if diff := cmp.Diff([]string{"djleak: cancelled"}, w.conclusions()); diff != "" {
				t.Errorf("check runs (-want +got):\n%s", diff)
			}
			if !strings.Contains(w.file("output"), "\ncancelled\n") || !strings.Contains(w.file("summary"), " found = ") {
				t.Errorf("outputs:\n%s\nsummary:\n%s", w.file("output"), w.file("summary"))
			}
		})
	}
}
