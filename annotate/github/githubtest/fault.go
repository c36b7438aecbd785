package githubtest

import (
	"net"
	"net/http"
	"regexp"
	"strings"
)

// A Fault is something that goes wrong on the way of a request.
type Fault struct {
	// Method and Path say which requests it hits; Path is a pattern of package regexp, anchored at the end. For GraphQL, Path
	// is "/graphql" and Contains a part of the body.
	Method, Path, Contains string
	// Skip lets the first ones pass, Times is how many it hits then; 0 means all.
	Skip, Times int
	// Status, Header and Body are the answer instead.
	Status int
	Header map[string]string
	Body   string
	// Reset closes the connection, Hang never answers, Cut breaks off in the middle of an answer.
	Reset, Hang, Cut bool
	// After strikes when the request has taken effect already.
	After bool

	seen int
}

// Fail adds a fault. The first that fits a request hits it.
func (s *Server) Fail(fault Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &fault)
}

// Struck tells how many requests the faults have hit so far.
func (s *Server) Struck() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.struck
}

func (s *Server) faultFor(r *http.Request, body string) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, fault := range s.faults {
		if fault.Method != r.Method || !regexp.MustCompile(fault.Path+"$").MatchString(r.URL.Path) || !strings.Contains(body, fault.Contains) {
			continue
		}
		fault.seen++
		if fault.seen > fault.Skip && (fault.Times == 0 || fault.seen <= fault.Skip+fault.Times) {
			s.struck++
			return fault
		}
	}
	return nil
}

func (f *Fault) strike(s *Server, w http.ResponseWriter, r *http.Request) {
	switch {
	case f.Hang:
		select {
		case <-r.Context().Done():
		case <-s.stopped.Done():
		}
		panic(http.ErrAbortHandler)
	case f.Reset:
		if hijacker, ok := w.(http.Hijacker); ok {
			connection, _, err := hijacker.Hijack()
			if tcp, isTCP := connection.(*net.TCPConn); err == nil && isTCP {
				_ = tcp.SetLinger(0)
				_ = tcp.Close()
				return
			}
		}
		panic(http.ErrAbortHandler)
	case f.Cut:
		w.Header().Set("Content-Length", "1000")
		w.WriteHeader(http.StatusOK)
		_, _ = w.Write([]byte(`{"data": {"repository": {`))
		panic(http.ErrAbortHandler)
	}
	for key, value := range f.Header {
		w.Header().Set(key, value)
	}
	body := f.Body
	if body == "" {
		body = `{"message": "` + http.StatusText(f.Status) + `"}`
	}
	w.WriteHeader(f.Status)
	_, _ = w.Write([]byte(body))
}
