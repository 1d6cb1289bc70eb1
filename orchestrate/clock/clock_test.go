package clock_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/clock"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func ExampleQueue() {
	var q clock.Queue
	q.Push(clock.Event{At: 5 * time.Second, Key: 1})
	q.Push(clock.Event{At: 2 * time.Second, Key: 2})
	q.Push(clock.Event{At: 2 * time.Second, Key: 3})
	for e, ok := q.Pop(); ok; e, ok = q.Pop() {
		fmt.Println(e.At, "key", e.Key)
	}
	// Output:
	// 2s key 2
	// 2s key 3
	// 5s key 1
}

func ExampleFork() {
	names, again := clock.Fork(7, "names"), clock.Fork(7, "names")
	first, second := names.Suffix(5), names.Suffix(5)
	fmt.Println(first == second)
	fmt.Println(first == again.Suffix(5))
	// Output:
	// false
	// true
}

// The queue gives back what a stable sort by time would.
func TestQueueIsAStableSort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ats := rapid.SliceOf(rapid.IntRange(0, 9)).Draw(t, "at")
		var q clock.Queue
		want := make([]clock.Event, 0, len(ats))
		for i, at := range ats {
			e := clock.Event{At: time.Duration(at), Key: uint32(i)}
			e.Owner = uint32(rapid.IntRange(0, 2).Draw(t, "owner"))
			if rapid.Bool().Draw(t, "in line") {
				e.Seq = q.Line(e)
			} else {
				e.Seq = q.Push(e)
			}
			want = append(want, e)
		}
		slices.SortStableFunc(want, func(a, b clock.Event) int { return int(a.At - b.At) })
		copied := q.Clone()
		for _, w := range want {
			got, ok := q.Pop()
			require.True(t, ok)
			require.Equal(t, w, got)
		}
		require.Zero(t, q.Len())
		require.Equal(t, len(want), copied.Len(), "draining a queue does not touch its clone")
	})
}

// The same while events come and go.
func TestQueueGivesTheEarliestOfThoseThatWait(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var q clock.Queue
		var waiting []clock.Event
		now := 0
		for i := range rapid.IntRange(1, 400).Draw(t, "operations") {
			if rapid.IntRange(0, 2).Draw(t, "what") == 0 {
				next, ok := q.Peek()
				got, popped := q.Pop()
				require.Equal(t, ok, popped)
				require.Equal(t, next, got)
				require.Equal(t, len(waiting) > 0, ok)
				if ok {
					require.Equal(t, waiting[0], got)
					waiting, now = waiting[1:], int(got.At)
				}
				continue
			}
			owner := rapid.IntRange(0, 2).Draw(t, "owner")
			e := clock.Event{At: time.Duration(now + 3*owner), Owner: uint32(owner), Key: uint32(i)}
			if rapid.IntRange(0, 4).Draw(t, "later") == 0 {
				e.At += time.Duration(rapid.IntRange(0, 9).Draw(t, "by"))
				e.Seq = q.Push(e)
			} else {
				e.Seq = q.Line(e)
			}
			waiting = append(waiting, e)
			slices.SortStableFunc(waiting, func(a, b clock.Event) int { return int(a.At - b.At) })
			require.Equal(t, len(waiting), q.Len())
			if rapid.IntRange(0, 19).Draw(t, "copy") == 0 {
				q = q.Clone()
			}
		}
	})
}

func TestUUIDIsVersionFour(t *testing.T) {
	r := clock.Fork(1, "uid")
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	for range 1000 {
		require.Regexp(t, form, r.UUID())
	}
}

func TestStreamsAreIndependent(t *testing.T) {
	a, b := clock.Fork(1, "a"), clock.Fork(1, "b")
	before := b
	a.Uint64()
	require.Equal(t, before.Uint64(), b.Uint64())
	require.NotEqual(t, clock.Fork(1, "a"), clock.Fork(2, "a"))
}
