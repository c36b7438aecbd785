package django_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEndlessLoops(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, body string
		want       []string
	}{
		{"waits", "while True:\n    a()\n    time.sleep(1)", []string{"while True"}},
		{"waits in a function", "while 1:\n    wait_a_while()", []string{"while 1"}},
		{"waits for a queue", "while True:\n    a = q.get()", []string{"while True"}},
		{"waits for a queue with a timeout", "while True:\n    a = q.get(timeout=5)", []string{"while True"}},
		{"does not wait", "while True:\n    a = options.get('a')", nil},
		{"asks for one row", "while True:\n    a = Order.objects.get(pk=1)", nil},
		{"breaks", "while True:\n    time.sleep(1)\n    if done():\n        break", nil},
		{"breaks an inner loop", "while True:\n    time.sleep(1)\n    for a in b:\n        break", []string{"while True"}},
		{"returns from an inner loop", "while True:\n    time.sleep(1)\n    for a in b:\n        return a", nil},
		{"ends by an exception", "while True:\n    try:\n        time.sleep(1)\n    except KeyboardInterrupt:\n        break", []string{"while True"}},
		{"is told to stop", "while True:\n    time.sleep(1)\n    if self.stopped:\n        break", []string{"while True, stoppable"}},
		{"runs until it is told", "while not self.shutdown_requested:\n    self.wait()", []string{"while not self.shutdown_requested, stoppable"}},
		{"runs until an event", "while not event.is_set():\n    event.wait(5)", []string{"while not event.is_set(), stoppable"}},
		{"runs while it runs", "while self.running:\n    time.sleep(5)", []string{"while self.running, stoppable"}},
		{"ends with its work", "while rows:\n    time.sleep(5)", nil},
		{"listens", "for a in pubsub.listen():\n    b(a)", []string{"for a in pubsub.listen(), stoppable"}},
		{"walks over a queue", "for a in iter(queue.get, None):\n    b(a)", []string{"for a in iter(queue.get, None), stoppable"}},
		{"walks over rows", "for a in rows:\n    time.sleep(1)", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := view(t, "shop/worker.py", "def wait_a_while():\n    time.sleep(1)\ndef f(self):\n    "+strings.ReplaceAll(test.body, "\n", "\n    "))
			var got []string
			for _, loop := range f.EndlessLoops(function(t, f, "f")) {
				head := f.Source[loop.Head.Start:loop.Head.End]
				if loop.Stoppable {
					head += ", stoppable"
				}
				got = append(got, head)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("EndlessLoops (-want +got):\n%s in\n%s", diff, test.body)
			}
		})
	}
}
