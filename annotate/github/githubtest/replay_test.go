package githubtest_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/annotate/github/githubtest"
)

func TestRounds(t *testing.T) {
	t.Parallel()
	start := time.Now()
	request := func(began, ended int) githubtest.Request {
		r := githubtest.Request{Began: start.Add(time.Duration(began))}
		if ended > 0 {
			r.Ended = start.Add(time.Duration(ended))
		}
		return r
	}
	tests := map[string]struct {
		requests []githubtest.Request
		want     int
	}{
		"none":                   {nil, 0},
		"one":                    {[]githubtest.Request{request(0, 5)}, 1},
		"one after another":      {[]githubtest.Request{request(0, 5), request(5, 9), request(10, 12)}, 3},
		"at the same time":       {[]githubtest.Request{request(0, 5), request(1, 6), request(4, 5)}, 1},
		"two chains":             {[]githubtest.Request{request(0, 5), request(1, 20), request(6, 8), request(9, 12), request(21, 22)}, 4},
		"one without an answer":  {[]githubtest.Request{request(0, 0), request(5, 9)}, 1},
		"a long one, two shorts": {[]githubtest.Request{request(0, 30), request(1, 2), request(3, 4)}, 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := githubtest.Rounds(test.requests); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

// A replay sends what was sent, and what was sent after an answer again after it.
func TestReplay(t *testing.T) {
	t.Parallel()
	const latency = 30 * time.Millisecond
	server, err := githubtest.New()
	if err != nil {
		t.Fatal(err)
	}
	server.Delay(latency)
	listener := httptest.NewServer(server)
	t.Cleanup(listener.Close)
	start := time.Now()
	header := http.Header{"Authorization": {"Bearer " + githubtest.Token}, "User-Agent": {"test"}}
	sent := []githubtest.Request{
		{Method: "GET", Path: "/repos/acme/none", Header: header, Status: 404, Began: start, Ended: start.Add(5)},
		{Method: "POST", Path: "/graphql", Header: header, Body: `{"query":"{ viewer { login } }"}`, Status: 200, Began: start.Add(1), Ended: start.Add(7)},
		{Method: "GET", Path: "/repos/acme/none", Query: "page=2", Header: header, Status: 404, Began: start.Add(8), Ended: start.Add(9)},
	}
	if err := githubtest.Replay(t.Context(), listener.Client(), listener.URL, sent); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took < 2*latency {
		t.Errorf("it took %s, want twice %s at least", took, latency)
	}
	got := server.Requests()
	what := func(r githubtest.Request) string { return r.Method + " " + r.Path + "?" + r.Query + " " + r.Body }
	if len(got) != 3 || what(got[2]) != what(sent[2]) || got[2].Began.Before(got[0].Ended) || got[2].Began.Before(got[1].Ended) {
		t.Errorf("sent again: %+v", got)
	}
	sent[0].Status = 200
	want := "replay GET /repos/acme/none: 404 Not Found instead of 200"
	if diff := cmp.Diff(want, errorText(githubtest.Replay(t.Context(), listener.Client(), listener.URL, sent[:1]))); diff != "" {
		t.Errorf("error (-want +got):\n%s", diff)
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
