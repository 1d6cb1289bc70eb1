package schema

import (
	"strconv"
	"strings"
)

// unifiedDiff says in how far the lines of b differ from those of a, with three lines around each
// difference. Upstream appends such a diff to what it says about a changed pod, and finds it by
// looking for the longest run of equal lines, then left and right of it, so this does the same:
// a shorter diff would be easy to have, but would not be the one people find when they search.
//
// Source: the algorithm is that of Ratcliff and Obershelp, as Python's difflib tunes it.
func unifiedDiff(a, b string) string {
	d := differ{a: diffLines(a), b: diffLines(b)}
	d.index()
	var out strings.Builder
	for _, hunk := range hunks(d.changes()) {
		first, last := hunk[0], hunk[len(hunk)-1]
		out.WriteString("@@ -" + diffRange(first.a, last.aEnd) + " +" + diffRange(first.b, last.bEnd) + " @@\n")
		for _, c := range hunk {
			if c.equal {
				writeLines(&out, " ", d.a[c.a:c.aEnd])
				continue
			}
			writeLines(&out, "-", d.a[c.a:c.aEnd])
			writeLines(&out, "+", d.b[c.b:c.bEnd])
		}
	}
	return out.String()
}

func diffLines(s string) []string {
	lines := strings.SplitAfter(s, "\n")
	lines[len(lines)-1] += "\n"
	return lines
}

func writeLines(out *strings.Builder, sign string, lines []string) {
	for _, l := range lines {
		out.WriteString(sign + l)
	}
}

func diffRange(from, to int) string {
	switch n := to - from; n {
	case 1:
		return strconv.Itoa(from + 1)
	case 0:
		return strconv.Itoa(from) + ",0"
	default:
		return strconv.Itoa(from+1) + "," + strconv.Itoa(n)
	}
}

type differ struct {
	a, b  []string
	where map[string][]int // places of a line in b; not of those that are all over a long text
}

func (d *differ) index() {
	d.where = map[string][]int{}
	for i, l := range d.b {
		d.where[l] = append(d.where[l], i)
	}
	if n := len(d.b); n >= 200 {
		for _, l := range d.b {
			if len(d.where[l]) > n/100+1 {
				delete(d.where, l)
			}
		}
	}
}

// run is a run of equal lines.
type run struct{ a, b, size int }

// longest is the longest run in the given parts; of equally long ones the one that begins first in a,
// then in b.
func (d *differ) longest(aLow, aHigh, bLow, bHigh int) run {
	best := run{a: aLow, b: bLow}
	lengths := map[int]int{}
	for i := aLow; i < aHigh; i++ {
		next := map[int]int{}
		for _, j := range d.where[d.a[i]] {
			if j < bLow {
				continue
			}
			if j >= bHigh {
				break
			}
			k := lengths[j-1] + 1
			next[j] = k
			if k > best.size {
				best = run{i - k + 1, j - k + 1, k}
			}
		}
		lengths = next
	}
	for best.a > aLow && best.b > bLow && d.a[best.a-1] == d.b[best.b-1] {
		best = run{best.a - 1, best.b - 1, best.size + 1}
	}
	for best.a+best.size < aHigh && best.b+best.size < bHigh && d.a[best.a+best.size] == d.b[best.b+best.size] {
		best.size++
	}
	return best
}

func (d *differ) runs(aLow, aHigh, bLow, bHigh int, found []run) []run {
	r := d.longest(aLow, aHigh, bLow, bHigh)
	if r.size == 0 {
		return found
	}
	if aLow < r.a && bLow < r.b {
		found = d.runs(aLow, r.a, bLow, r.b, found)
	}
	found = append(found, r)
	if r.a+r.size < aHigh && r.b+r.size < bHigh {
		found = d.runs(r.a+r.size, aHigh, r.b+r.size, bHigh, found)
	}
	return found
}

// change is a part of a and the part of b that stands in its place.
type change struct {
	equal            bool
	a, aEnd, b, bEnd int
}

// changes are all parts in order, equal and different ones in turn.
func (d *differ) changes() []change {
	var out []change
	i, j := 0, 0
	for _, r := range append(d.runs(0, len(d.a), 0, len(d.b), nil), run{len(d.a), len(d.b), 0}) {
		if i < r.a || j < r.b {
			out = append(out, change{false, i, r.a, j, r.b})
		}
		i, j = r.a+r.size, r.b+r.size
		if n := len(out); n > 0 && out[n-1].equal && r.size > 0 {
			out[n-1].aEnd, out[n-1].bEnd = i, j // next to the run before
		} else if r.size > 0 {
			out = append(out, change{true, r.a, i, r.b, j})
		}
	}
	return out
}

// hunks cuts equal parts down to three lines, and groups what is left.
func hunks(changes []change) [][]change {
	const around = 3
	if len(changes) == 0 {
		return nil
	}
	if c := &changes[0]; c.equal {
		c.a, c.b = max(c.a, c.aEnd-around), max(c.b, c.bEnd-around)
	}
	if c := &changes[len(changes)-1]; c.equal {
		c.aEnd, c.bEnd = min(c.aEnd, c.a+around), min(c.bEnd, c.b+around)
	}
	var out [][]change
	var hunk []change
	for _, c := range changes {
		if c.equal && c.aEnd-c.a > 2*around {
			hunk = append(hunk, change{true, c.a, min(c.aEnd, c.a+around), c.b, min(c.bEnd, c.b+around)})
			out, hunk = append(out, hunk), nil
			c.a, c.b = max(c.a, c.aEnd-around), max(c.b, c.bEnd-around)
		}
		hunk = append(hunk, c)
	}
	if len(hunk) > 0 && !(len(hunk) == 1 && hunk[0].equal) {
		out = append(out, hunk)
	}
	return out
}
