package kubectl

import "strings"

// few is how many things are printed first to see how long they are.
const few = 32

// headRoom is more than what stands in front of the things: a list begins in the same way however many there are, and that must not be kept
// of a list that has only the last of them.
const headRoom = 1000

// printEnd prints n things: all of them or, where no more than kept bytes of the output are kept, so many of the last that what is
// missing would not be kept. A list of thousands takes as long as its end. 0 keeps everything.
func printEnd(w *strings.Builder, kept, n int, print func(w *strings.Builder, last int) error) error {
	for last := few; kept > 0 && last < n; last *= 3 {
		var end strings.Builder
		if print(&end, last) == nil && end.Len() > kept+headRoom {
			w.WriteString(end.String())
			return nil
		}
	}
	return print(w, n)
}
