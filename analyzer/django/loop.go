package django

import (
	"cmp"
	"slices"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// An EndlessLoop is a loop that a worker spends its life in: it waits for time or for messages, and only a signal or an
// exception ends it.
type EndlessLoop struct {
	// Head is the loop's first line: its keyword and what it tests or walks over.
	Head python.Span
	Body []python.Stmt
	// Stoppable is true where the loop asks if somebody has told it to stop.
	Stoppable bool
}

// EndlessLoops returns the endless loops of a function: while True with something in it that waits, while not
// stop.is_set(), or a walk over the messages of a queue or a socket.
func (f *File) EndlessLoops(fn *names.Function) []EndlessLoop {
	var loops []EndlessLoop
	for _, loop := range f.Whiles {
		if f.runsIn(loop, fn) && (isAlways(loop.Test) || isRunning(loop.Test)) && !leavesByItself(f, loop) && f.Waits(loop) {
			loops = append(loops, EndlessLoop{
				Head: head(loop, loop.Test), Body: loop.Body, Stoppable: !isAlways(loop.Test) || asksToStop(f, loop),
			})
		}
	}
	for _, loop := range f.Loops {
		if f.runsIn(loop, fn) && listens(loop.Iter) {
			loops = append(loops, EndlessLoop{Head: head(loop, loop.Iter), Body: loop.Body, Stoppable: true})
		}
	}
	slices.SortStableFunc(loops, func(a, b EndlessLoop) int { return cmp.Compare(a.Head.Start, b.Head.Start) })
	return loops
}

// runsIn reports whether a statement belongs to a function's own body, and to none inside it.
func (f *File) runsIn(stmt python.Stmt, fn *names.Function) bool {
	return fn.Contains(stmt.Range()) && f.ScopeAt(stmt) == fn.Scope
}

// asksToStop reports whether something in a loop leaves it once somebody has told it to stop.
func asksToStop(f *File, loop *python.While) bool {
	asks := false
	for _, stmt := range loop.Body {
		python.Walk(stmt, func(node python.Node) bool {
			switch n := node.(type) {
			case *python.Break:
				asks = asks || afterStop(f, n)
			case *python.Return:
				asks = asks || afterStop(f, n)
			}
			return !asks
		})
	}
	return asks
}

func head(loop, last python.Node) python.Span {
	return python.Span{Start: loop.Range().Start, End: last.Range().End}
}

// isAlways reports whether a test is True or 1.
func isAlways(test python.Expr) bool {
	constant, ok := test.(*python.Constant)
	return ok && (constant.Kind == python.True || constant.Raw == "1")
}

// isRunning reports whether a test asks if somebody has told the loop to stop: not stop.is_set(), self.running.
func isRunning(test python.Expr) bool {
	switch t := test.(type) {
	case *python.UnaryOp:
		if t.Op != python.Not {
			return false
		}
		if call, ok := t.Operand.(*python.Call); ok {
			return python.LastName(call.Func) == "is_set" && len(call.Args) == 0
		}
		return stopWord.MatchString(python.LastName(t.Operand))
	case *python.Attribute, *python.Name:
		return runWord.MatchString(python.LastName(test))
	}
	return false
}

var (
	stopWord = pattern.New(`(?i)stop|terminat|shutdown|shut_down|exit|quit|kill|cancel|abort`)
	runWord  = pattern.New(`(?i)^_?(is_|keep_|should_)?(running|alive|active|run|going)$`)
)

// leavesByItself reports whether a loop ends when its work is done: by break or return outside a handler of exceptions.
func leavesByItself(f *File, loop *python.While) bool {
	leaves := false
	for _, stmt := range loop.Body {
		python.Walk(stmt, func(node python.Node) bool {
			switch n := node.(type) {
			case *python.FunctionDef, *python.ClassDef, *python.Lambda, *python.ExceptHandler:
				return false
			case *python.For, *python.While:
				// A break in there ends the inner loop; a return does not.
				for _, block := range names.Blocks(n) {
					leaves = leaves || holdsReturn(block)
				}
				return false
			case *python.Break:
				leaves = leaves || !afterStop(f, n)
			case *python.Return:
				leaves = leaves || !afterStop(f, n)
			}
			return !leaves
		})
	}
	return leaves
}

func holdsReturn(block []python.Stmt) bool {
	found := false
	for _, stmt := range block {
		python.Walk(stmt, func(node python.Node) bool {
			switch node.(type) {
			case *python.FunctionDef, *python.ClassDef, *python.ExceptHandler:
				return false
			case *python.Return:
				found = true
			}
			return !found
		})
	}
	return found
}

// afterStop reports whether a statement stands in a branch that asks if somebody has told the loop to stop.
func afterStop(f *File, stmt python.Stmt) bool {
	branch, ok := f.Parent(stmt).(*python.If)
	if !ok {
		return false
	}
	switch test := branch.Test.(type) {
	case *python.Call:
		return python.LastName(test.Func) == "is_set" || stopWord.MatchString(python.LastName(test.Func))
	case *python.Attribute, *python.Name:
		return stopWord.MatchString(python.LastName(branch.Test))
	case *python.UnaryOp:
		return test.Op == python.Not && runWord.MatchString(python.LastName(test.Operand))
	}
	return false
}

// waiting are the functions and methods by which a loop waits for time or for something to do.
var waiting = map[string]bool{
	"sleep": true, "wait": true, "recv": true, "recvfrom": true, "accept": true, "poll": true, "select": true, "blpop": true,
	"brpop": true, "get_message": true, "read_message": true, "drain_events": true, "listen": true, "consume": true,
	"receive_messages": true, "receive_message": true, "dequeue": true, "xread": true, "xreadgroup": true, "run_pending": true,
	"get": true,
}

// Waits reports whether a loop's body waits for something, itself or in a function of this file that it calls.
func (f *File) Waits(loop *python.While) bool {
	for node := range f.WithinBlock(loop.Body) {
		call, ok := node.(*python.Call)
		if !ok {
			continue
		}
		name := python.LastName(call.Func)
		if name == "get" {
			// queue.get() waits, options.get("a") and objects.get(pk=1) do not.
			access, ok := call.Func.(*python.Attribute)
			if ok && (len(call.Args) == 0 && (len(call.Keywords) == 0 || names.Keyword(call, "timeout") != nil || names.Keyword(call, "block") != nil)) && !managerAttributes[python.LastName(access.Value)] {
				return true
			}
			continue
		}
		if waiting[name] {
			return true
		}
	}
	return false
}

// listens reports whether an iterable brings messages for ever: pubsub.listen(), consumer.consume(), iter(queue.get, None).
func listens(iterable python.Expr) bool {
	call, ok := iterable.(*python.Call)
	if !ok {
		return false
	}
	switch name := python.LastName(call.Func); name {
	case "listen", "consume", "start_consuming":
		return true
	case "iter":
		return len(call.Args) == 2 && python.LastName(call.Args[0]) == "get"
	}
	return false
}
