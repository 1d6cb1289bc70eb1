package kubectl

import (
	"strings"
	"unicode/utf8"

	"github.com/slipway-dev/slipway/internal/replace"
)

// grid lays out rows of cells the way kubectl does: three spaces between columns, a column at least six wide, nothing
// behind the last cell. It remembers its widths, so that rows printed later (by get --watch) stay below their headers.
//
// Source: k8s.io/cli-runtime/pkg/printers, GetNewTabWriter.
type grid struct{ widths []int }

const (
	gridPadding = 3
	gridMinimum = 6
)

// write appends the rows to w. Rows may be of different lengths.
func (g *grid) write(w *strings.Builder, rows [][]string) {
	room := 0
	for _, row := range rows {
		for i, cell := range row {
			if room += len(cell) + 1; i+1 == len(row) {
				break
			}
			if i == len(g.widths) {
				g.widths = append(g.widths, gridMinimum)
			}
			n := utf8.RuneCountInString(cell)
			g.widths[i] = max(g.widths[i], n+gridPadding)
			room -= n + 1
		}
	}
	for _, row := range rows {
		for i := 0; i+1 < len(row); i++ {
			room += g.widths[i]
		}
	}
	w.Grow(room)
	for _, row := range rows {
		for i, cell := range row {
			w.WriteString(cell)
			if i+1 < len(row) {
				pad(w, g.widths[i]-utf8.RuneCountInString(cell))
			}
		}
		w.WriteByte('\n')
	}
}

func pad(w *strings.Builder, n int) {
	const blanks = "                                "
	for ; n > 0; n -= len(blanks) {
		w.WriteString(blanks[:min(n, len(blanks))])
	}
}

// clone copies a grid, so that a waiting command can be copied.
func (g *grid) clone() grid { return grid{append([]int(nil), g.widths...)} }

// cell is a value as a table shows it: its first line, without control characters that could move a terminal's cursor.
func cell(s string) string {
	for i := range len(s) {
		if s[i] < ' ' { // in most there is none
			if at := strings.IndexAny(s, "\f\n\r"); at >= 0 {
				s = s[:at] + "..."
			}
			return printable(s)
		}
	}
	return s
}

// printable replaces the characters that a terminal would obey.
//
// Source: k8s.io/cli-runtime/pkg/printers, terminal.go.
func printable(s string) string {
	if !strings.ContainsAny(s, "\x1b\r") {
		return s
	}
	return replace.All(s, "\x1b", "^[", "\r", "\\r")
}
