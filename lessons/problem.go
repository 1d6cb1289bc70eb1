package lessons

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is something wrong with the form of a lesson.
type Problem struct {
	File    string `json:"file"`   // path within the lessons, for example "pod/lesson.en.md"
	Line    int    `json:"line"`   // from 1; 0 if the problem is with the file as a whole
	Column  int    `json:"column"` // from 1, counted in characters; 0 as for Line
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"` // what to do about it; may be ""
}

// Error is the problem on one line, in the form editors and terminals link: file:line:column: message.
func (p Problem) Error() string {
	text := p.File
	if p.Line > 0 {
		text = fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
	text += ": " + p.Message
	if p.Hint != "" {
		text += "; " + p.Hint
	}
	return text
}

// Problems are all that is wrong with a lesson, by file, line and column. As an error it is never empty.
type Problems []Problem

// Error is one line a problem.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// add notes a problem.
func (ps *Problems) add(file string, line, column int, hint, format string, args ...any) {
	*ps = append(*ps, Problem{File: file, Line: line, Column: column, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// sorted is the problems in reading order, nil as an error if there are none.
func (ps Problems) sorted() error {
	if len(ps) == 0 {
		return nil
	}
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return ps
}

// nearest is the word most like the given one, "" if none is like it.
func nearest(word string, of []string) string {
	best, bestAt := "", 3
	for _, candidate := range of {
		if d := distance(word, candidate); d < bestAt && d < len(candidate) {
			best, bestAt = candidate, d
		}
	}
	return best
}

// distance is the number of letters to change, add or drop to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// didYouMean is a hint naming the nearest of the words, or all of them.
func didYouMean(word string, of []string) string {
	if near := nearest(word, of); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "known are " + strings.Join(of, ", ")
}
