package names

import "hash/maphash"

// A table finds the bindings of all scopes of a file by scope and name. It hashes with open addressing, so that a scope,
// of which most have a handful of names, costs nothing by itself, and a name is hashed once for all scopes it is looked up in.
type table struct {
	// slots is the part of memory in use; its length is a power of two.
	slots, memory []*Binding
	count         int
}

var seed = maphash.MakeSeed()

func hashOf(name string) uint64 { return maphash.String(seed, name) }

// salt spreads the equal names of different scopes.
func (s *Scope) salt() uint64 { return uint64(s.number) * 0x9e3779b97f4a7c15 }

// reset empties the table and makes room for a file with so many nodes.
func (t *table) reset(nodes int) {
	size := 64
	for size < nodes/4 {
		size *= 2
	}
	t.resize(size)
}

func (t *table) resize(size int) {
	if cap(t.memory) < size {
		t.memory = make([]*Binding, size)
	}
	t.slots, t.count = t.memory[:size], 0
	clear(t.slots)
}

// find returns the binding of a name, whose hash is given, in one scope, or nil.
func (t *table) find(scope *Scope, name string, hash uint64) *Binding {
	hash ^= scope.salt()
	for i := hash; ; i++ {
		binding := t.slots[i&uint64(len(t.slots)-1)]
		if binding == nil || binding.hash == hash && binding.Scope == scope && binding.Name == name {
			return binding
		}
	}
}

// add adds a binding that the table does not have.
func (t *table) add(binding *Binding) {
	if t.count++; t.count*4 > len(t.slots)*3 {
		t.grow()
	}
	t.put(binding)
}

func (t *table) put(binding *Binding) {
	i := binding.hash
	for t.slots[i&uint64(len(t.slots)-1)] != nil {
		i++
	}
	t.slots[i&uint64(len(t.slots)-1)] = binding
}

func (t *table) grow() {
	old := append([]*Binding(nil), t.slots...)
	count := t.count
	t.resize(2 * len(old))
	t.count = count
	for _, binding := range old {
		if binding != nil {
			t.put(binding)
		}
	}
}
