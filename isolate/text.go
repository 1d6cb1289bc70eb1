package isolate

import (
	"strconv"
	"strings"
)

func upper(s string) string { return strings.ToUpper(s) }

// printable is text as it is, or quoted if it holds what a terminal would obey.
func printable(s string) string {
	for _, r := range s {
		if !strconv.IsPrint(r) {
			return strconv.Quote(s)
		}
	}
	return s
}

func limitText(v uint64) string {
	if v == ^uint64(0) {
		return "RLIM_INFINITY"
	}
	return strconv.FormatUint(v, 10)
}

func numbersText(v []uint32) string {
	parts := make([]string, len(v))
	for i, n := range v {
		parts[i] = strconv.FormatUint(uint64(n), 10)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// column is text filled up with blanks to a width; with a negative width the blanks come first.
func column(text string, width int) string {
	if width < 0 {
		return strings.Repeat(" ", max(0, -width-len(text))) + text
	}
	return text + strings.Repeat(" ", max(0, width-len(text)))
}

// at is an element of a field that is a list: "Mounts[2]".
func at(field string, i int) string { return field + "[" + strconv.Itoa(i) + "]" }
