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
//
// Most events of an owner are due in the order in which they come: they stand in a line, one behind the other in memory, and so
// does the one that is taken next. The rest are in a heap, where each that is taken costs a walk through all of it.
type Queue struct {
	lines []line // by owner
	heap  []Event
	seq   uint64
	len   int
	front int // whose turn it is: inHeap, unknown, or the number of a line plus one
}

// line is events in the order in which they are due: those from head on.
type line struct {
	events []Event
	head   int
}

const (
	inHeap  = -1
	unknown = 0
)

// Len is how many events wait.
func (q *Queue) Len() int { return q.len }

// Line is [Queue.Push] for an event that is most likely due after all others of its owner that were added by Line.
func (q *Queue) Line(e Event) uint64 {
	for int(e.Owner) >= len(q.lines) {
		q.lines = append(q.lines, line{})
	}
	l := &q.lines[e.Owner]
	if n := len(l.events); n > l.head && l.events[n-1].At > e.At {
		return q.Push(e)
	}
	q.seq++
	e.Seq = q.seq
	q.len++
	if l.head > 64 && 2*l.head > len(l.events) {
		l.events = l.events[:copy(l.events, l.events[l.head:])]
		l.head = 0
	}
	l.events = append(l.events, e)
	q.front = unknown
	return e.Seq
}

// Push adds e and returns the sequence number it got; whatever e.Seq held is replaced.
func (q *Queue) Push(e Event) uint64 {
	q.seq++
	e.Seq = q.seq
	q.len++
	q.front = unknown
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

// turn finds whose turn it is; unknown if nothing waits.
func (q *Queue) turn() int {
	if q.front != unknown || q.len == 0 {
		return q.front
	}
	var first *Event
	if len(q.heap) > 0 {
		first, q.front = &q.heap[0], inHeap
	}
	for i := range q.lines {
		if l := &q.lines[i]; l.head < len(l.events) && (first == nil || l.events[l.head].before(first)) {
			first, q.front = &l.events[l.head], i+1
		}
	}
	return q.front
}

// Peek is the next event without taking it; false if nothing waits.
func (q *Queue) Peek() (Event, bool) {
	switch turn := q.turn(); turn {
	case unknown:
		return Event{}, false
	case inHeap:
		return q.heap[0], true
	default:
		l := &q.lines[turn-1]
		return l.events[l.head], true
	}
}

// Pop takes the next event; false if nothing waits.
func (q *Queue) Pop() (Event, bool) {
	e, ok := q.Peek()
	if !ok {
		return e, false
	}
	if q.front == inHeap {
		last := q.heap[len(q.heap)-1]
		q.heap = q.heap[:len(q.heap)-1]
		if len(q.heap) > 0 {
			q.sink(last)
		}
	} else {
		q.lines[q.front-1].head++
	}
	q.len--
	q.front = unknown
	return e, true
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
//
//go:noinline
func (q *Queue) Clone() Queue {
	c := Queue{heap: slices.Clone(q.heap), seq: q.seq, len: q.len}
	for i := range q.lines {
		l := &q.lines[i]
		c.lines = append(c.lines, line{events: slices.Clone(l.events[l.head:])})
	}
	return c
}
