package kubectl

import (
	"bytes"
	"unicode/utf8"
)

// aligner makes columns of text in which tabs end cells: a column is as wide as its widest cell in lines that follow each other,
// and two blanks more. What stands behind the last tab of a line is in no column. One that is used again needs no new memory.
//
// Source: the rules of Go's text/tabwriter, with which kubectl describe prints.
type aligner struct {
	cells []alignedCell
	ends  []int // of each line's cells
}

type alignedCell struct {
	text       []byte
	width, pad int // in signs
}

// append adds text to b, aligned.
func (a *aligner) append(b, text []byte) []byte {
	most := a.split(text)
	for column := range most {
		a.widen(column)
	}
	at := 0
	for i, end := range a.ends {
		if i > 0 {
			b = append(b, '\n')
		}
		for ; at < end; at++ {
			b = append(b, a.cells[at].text...)
			for range a.cells[at].pad {
				b = append(b, ' ')
			}
		}
	}
	return b
}

// split finds the cells, and gives how many columns there are.
func (a *aligner) split(text []byte) (most int) {
	a.cells, a.ends = a.cells[:0], a.ends[:0]
	for more := true; more; {
		var line []byte
		line, text, more = bytes.Cut(text, []byte("\n"))
		first := len(a.cells)
		for tab := true; tab; {
			var cell []byte
			cell, line, tab = bytes.Cut(line, []byte("\t"))
			a.cells = append(a.cells, alignedCell{cell, utf8.RuneCount(cell), 0})
		}
		a.ends = append(a.ends, len(a.cells))
		most = max(most, len(a.cells)-first-1)
	}
	return most
}

// widen gives the cells of a column in lines that follow each other the same width.
func (a *aligner) widen(column int) {
	cell := func(line int) *alignedCell { // nil if the line has none in this column
		at := column
		if line > 0 {
			at += a.ends[line-1]
		}
		if at >= a.ends[line]-1 {
			return nil
		}
		return &a.cells[at]
	}
	for i := 0; i < len(a.ends); i++ {
		from, width := i, 0
		for ; i < len(a.ends) && cell(i) != nil; i++ {
			width = max(width, cell(i).width)
		}
		for ; from < i; from++ {
			c := cell(from)
			c.pad = width + 2 - c.width
		}
	}
}
