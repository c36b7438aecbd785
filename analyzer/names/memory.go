package names

import "iter"

// chunkLength is how many structs a slab asks for at once.
const chunkLength = 64

// A slab hands out structs of one type from chunks that it keeps from file to file.
type slab[T any] struct {
	chunks [][]T
	used   int
}

// alloc returns a struct as [slab.reset] left it.
func (s *slab[T]) alloc() *T {
	chunk, index := s.used/chunkLength, s.used%chunkLength
	if chunk == len(s.chunks) {
		s.chunks = append(s.chunks, make([]T, chunkLength))
	}
	s.used++
	return &s.chunks[chunk][index]
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

// emptied wipes a list and returns its room.
func emptied[T any](list []T) []T {
	clear(list)
	return list[:0]
}

// zeroed returns a list of so many zero elements, in the room of another one if it suffices.
func zeroed[T any](list []T, length int) []T {
	if cap(list) < length {
		return make([]T, length)
	}
	list = list[:length]
	clear(list)
	return list
}
