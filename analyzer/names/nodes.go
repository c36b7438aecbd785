package names

import "github.com/djleak/djleak/analyzer/python"

// flat is the tree as a list: every node before those below it, in the order of [python.Walk].
type flat struct {
	nodes []python.Node
	// ends gives for each node of the list the index behind the last one below it, places a node's index by its ID.
	ends, places []int32
}

// Nodes returns all nodes in the order of the source, each before those below it.
func (f *File) Nodes() []python.Node {
	if len(f.flat.nodes) == 0 {
		f.flatten()
	}
	return f.flat.nodes
}

func (f *File) flatten() {
	t := &f.flat
	t.nodes, t.ends = python.Flatten(f.File.Module, t.nodes, t.ends)
	t.places = zeroed(t.places, f.NodeCount)
	for i, node := range t.nodes {
		t.places[node.ID()] = int32(i)
	}
}

// Walk is [python.Walk] for nodes of this file. It is many times as fast, since several walks share the work of one.
func (f *File) Walk(n python.Node, visit func(python.Node) bool) {
	if n == nil {
		return
	}
	nodes := f.Nodes()
	from := f.flat.places[n.ID()]
	for i, end := from, f.flat.ends[from]; i < end; {
		if visit(nodes[i]) {
			i++
		} else {
			i = f.flat.ends[i]
		}
	}
}
