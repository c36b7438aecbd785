package names

import (
	"iter"

	"github.com/djleak/djleak/analyzer/python"
)

// chunkLength is how many structs a slab asks for at once.
const chunkLength = 64

// A slab hands out structs of one type from chunks that it keeps from file to file.
type slab[T any] struct {
	chunks [][]T
	used   int
}

// alloc returns a struct as [slab.reset] left it, and its number, of which the first is 1.
func (s *slab[T]) alloc() (*T, int32) {
	if s.used/chunkLength == len(s.chunks) {
		s.chunks = append(s.chunks, make([]T, chunkLength))
	}
	s.used++
	number := int32(s.used)
	return s.at(number), number
}

// at returns the struct of a number.
func (s *slab[T]) at(number int32) *T {
	index := int(number) - 1
	return &s.chunks[index/chunkLength][index%chunkLength]
}

// reset makes all structs available again. It wipes each that was used, so that they keep no source alive.
func (s *slab[T]) reset(wipe func(*T)) {
	for used := range s.all() {
		wipe(used)
	}
	s.used = 0
}

func (s *slab[T]) all() iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for i := range s.used {
			if !yield(&s.chunks[i/chunkLength][i%chunkLength]) {
				return
			}
		}
	}
}

// A column gives nodes the structs of a slab, by the nodes' IDs. It has numbers in place of pointers, of which most would be nil: the
// collector neither reads them nor has to be told of each when they are wiped.
type column[T any] struct {
	numbers []int32
	slab    *slab[T]
}

func newColumn[T any](old column[T], length int, s *slab[T]) column[T] {
	return column[T]{zeroed(old.numbers, length), s}
}

// at returns the struct of a node, or nil.
func (c column[T]) at(node python.NodeID) *T {
	if number := c.numbers[node]; number > 0 {
		return c.slab.at(number)
	}
	return nil
}

// emptied wipes a list and returns its room.
func emptied[T any](list []T) []T {
	clear(list)
	return list[:0]
}

// zeroed returns a list of so many zero elements, in the room of another one if it suffices.
func zeroed[T any](list []T, length int) []T {
	list = resized(list, length)
	clear(list)
	return list
}

// resized returns a list of so many elements, whatever they are, in the room of another one if it suffices.
func resized[T any](list []T, length int) []T {
	if cap(list) < length {
		return make([]T, length)
	}
	return list[:length]
}
