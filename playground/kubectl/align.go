package kubectl

import (
	"strings"
	"unicode/utf8"
)

// align makes columns of text in which tabs end cells: a column is as wide as its widest cell in lines that follow each other,
// and two blanks more. What stands behind the last tab of a line is in no column.
//
// Source: the rules of Go's text/tabwriter, with which kubectl describe prints.
func align(text string) string {
	lines := strings.Split(text, "\n")
	cells := make([][]string, len(lines))
	most := 0
	for i, l := range lines {
		cells[i] = strings.Split(l, "\t")
		most = max(most, len(cells[i])-1)
	}
	for column := range most {
		for i := 0; i < len(cells); {
			from, width := i, 0
			for ; i < len(cells) && column < len(cells[i])-1; i++ {
				width = max(width, utf8.RuneCountInString(cells[i][column]))
			}
			for _, row := range cells[from:i] {
				row[column] += strings.Repeat(" ", width+2-utf8.RuneCountInString(row[column]))
			}
			if i == from {
				i++
			}
		}
	}
	for i := range cells {
		lines[i] = strings.Join(cells[i], "")
	}
	return strings.Join(lines, "\n")
}
