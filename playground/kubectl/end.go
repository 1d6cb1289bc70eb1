package kubectl

import (
	"strings"
	"unicode/utf8"
)

// few is how many things are printed first to see how long each is.
const few = 32

// printEnd prints n things: all of them or, where no more than kept characters of the output are kept, so many of the last that what is
// missing would not be kept. A list of thousands takes as long as its end. 0 keeps everything.
func printEnd(w *strings.Builder, kept, n int, print func(w *strings.Builder, last int) error) error {
	for last := few; kept > 0 && last < n; {
		var end strings.Builder
		err := print(&end, last)
		text := end.String()
		if err != nil || utf8.RuneCountInString(text) > kept+headRoom {
			w.WriteString(text)
			return err
		}
		last += max(last, last*kept/max(len(text), 1))
	}
	return print(w, n)
}

// headRoom is more than what stands in front of the things: a list begins in the same way however many there are, and that must not be kept
// of a list that has only the last of them.
const headRoom = 1000

// lastOf are the last n objects of groups.
func lastOf(groups []group, n int) []group {
	from := len(groups)
	for from > 0 && n > len(groups[from-1].objs) {
		from--
		n -= len(groups[from].objs)
	}
	if from == 0 {
		return groups
	}
	first := groups[from-1]
	first.objs = first.objs[len(first.objs)-n:]
	return append([]group{first}, groups[from:]...)
}
