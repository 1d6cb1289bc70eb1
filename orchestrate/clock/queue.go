package clock

import (
	"slices"
	"time"
)

// Event is one thing to come.
type Event struct {
	// At is when it is due: virtual time since the epoch.
	At time.Duration
	// Seq is the number the queue gave it. Of two events due at the same time the lower one comes first.
	Seq uint64
	// Owner says whose event this is; the engine gives the numbers.
	Owner uint32
	// Key says which of the owner's things it is about.
	Key uint32
	// Cause is the revision of the write that led to it.
	Cause uint64
}

func (e *Event) before(o *Event) bool {
	if e.At != o.At {
		return e.At < o.At
	}
	return e.Seq < o.Seq
}

// fan is how many events stand below one in the heap: four are one step in memory, and half as many steps down as two.
const fan = 4

// Queue holds events in the order of (time, sequence). Its zero value is empty and ready.
type Queue struct {
	heap []Event
	seq  uint64
}

// Len is how many events wait.
func (q *Queue) Len() int { return len(q.heap) }

// Push adds e and returns the sequence number it got; whatever e.Seq held is replaced.
func (q *Queue) Push(e Event) uint64 {
	q.seq++
	e.Seq = q.seq
	q.heap = append(q.heap, e)
	i := len(q.heap) - 1
	for i > 0 {
		up := (i - 1) / fan
		if !e.before(&q.heap[up]) {
			break
		}
		q.heap[i] = q.heap[up]
		i = up
	}
	q.heap[i] = e
	return e.Seq
}

// Peek is the next event without taking it; false if nothing waits.
func (q *Queue) Peek() (Event, bool) {
	if len(q.heap) == 0 {
		return Event{}, false
	}
	return q.heap[0], true
}

// Pop takes the next event; false if nothing waits.
func (q *Queue) Pop() (Event, bool) {
	if len(q.heap) == 0 {
		return Event{}, false
	}
	first := q.heap[0]
	last := q.heap[len(q.heap)-1]
	q.heap = q.heap[:len(q.heap)-1]
	if len(q.heap) > 0 {
		q.sink(last)
	}
	return first, true
}

// sink puts e where the root was and moves it down to its place.
func (q *Queue) sink(e Event) {
	i, n := 0, len(q.heap)
	for {
		down := fan*i + 1
		if down >= n {
			break
		}
		for other := down + 1; other < min(fan*i+1+fan, n); other++ {
			if q.heap[other].before(&q.heap[down]) {
				down = other
			}
		}
		if !q.heap[down].before(&e) {
			break
		}
		q.heap[i] = q.heap[down]
		i = down
	}
	q.heap[i] = e
}

// Clone is an independent copy with the same events and the same next sequence number.
func (q *Queue) Clone() Queue {
	return Queue{heap: slices.Clone(q.heap), seq: q.seq}
}
