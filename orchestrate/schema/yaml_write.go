package schema

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slipway-dev/slipway/internal/json"
	"github.com/slipway-dev/slipway/internal/sorting"
)

// yamlWriter writes JSON as YAML the way sigs.k8s.io/yaml does, which kubectl prints with: keys in natural order, lists not indented
// below their key, texts folded behind column 80, and every word in quotes that YAML 1.1 would take for something else. It reads the
// JSON, which must be right and in one line, from left to right, and makes nothing in between.
type yamlWriter struct {
	src     string
	at      int // in src
	b       []byte
	line    int         // where the present line begins in b
	entries []yamlEntry // of the maps that are being written
}

// yamlEntry is one that was written, and where.
type yamlEntry struct {
	key        string
	start, end int
}

// foldColumn is the column behind which a text goes on in the next line.
const foldColumn = 80

func (w *yamlWriter) column() int { return utf8.RuneCount(w.b[w.line:]) }

func (w *yamlWriter) newline(indent int) {
	w.b = append(w.b, '\n')
	w.line = len(w.b)
	for range indent {
		w.b = append(w.b, ' ')
	}
}

// value writes what comes next where the cursor is. indent is that of the lines that follow, if it is a block.
func (w *yamlWriter) value(indent int) {
	switch c := w.src[w.at]; c {
	case '{':
		w.mapping(indent)
	case '[':
		w.list(indent)
	case '"':
		w.text(w.read(), indent)
	default:
		start := w.at
		for w.at < len(w.src) && w.src[w.at] != ',' && w.src[w.at] != '}' && w.src[w.at] != ']' {
			w.at++
		}
		w.scalar(w.src[start:w.at])
	}
}

// read reads a text.
func (w *yamlWriter) read() string {
	from := w.at + 1
	n := strings.IndexByte(w.src[from:], '"')
	if n >= 0 && strings.IndexByte(w.src[from:from+n], '\\') < 0 {
		w.at = from + n + 1
		return w.src[from : from+n]
	}
	end := from
	for end < len(w.src) && w.src[end] != '"' {
		if w.src[end] == '\\' {
			end++
		}
		end++
	}
	v, err := json.Parse([]byte(w.src[w.at:min(end+1, len(w.src))]))
	if err != nil {
		panic("orchestrate: bug: what is written as YAML is no JSON: " + err.Error())
	}
	w.at = end + 1
	return v.Text
}

// scalar writes a number, a truth value or null. Numbers with a fraction or exponent are written as floats are.
func (w *yamlWriter) scalar(s string) {
	if strings.ContainsAny(s, ".eE") && s[0] != 't' && s[0] != 'f' {
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			w.b = strconv.AppendFloat(w.b, f, 'g', -1, 64)
			return
		}
	}
	w.b = append(w.b, s...)
}

// more steps over the bracket or comma before an element and tells whether there is one.
func (w *yamlWriter) more() bool {
	w.at++
	if c := w.src[w.at]; c == '}' || c == ']' {
		w.at++
		return false
	}
	return true
}

// ends steps over a closing bracket, if one is next.
func (w *yamlWriter) ends() bool {
	c := w.src[w.at]
	if c == '}' || c == ']' {
		w.at++
		return true
	}
	w.at++
	return false
}

// mapping writes the entries at the indentation where the cursor is in a list, or below otherwise.
func (w *yamlWriter) mapping(indent int) {
	if !w.more() {
		w.b = append(w.b, "{}"...)
		return
	}
	first, ordered := len(w.entries), true
	for {
		start, key := len(w.b), w.read()
		if n := len(w.entries); n > first && naturalOrder(w.entries[n-1].key, key) > 0 {
			ordered = false
		}
		w.at++ // the colon
		w.entry(key, indent)
		w.entries = append(w.entries, yamlEntry{key, start, len(w.b)})
		if w.ends() {
			break
		}
		w.newline(indent)
	}
	if !ordered {
		w.reorder(w.entries[first:], indent)
	}
	w.entries = w.entries[:first]
}

// entry writes a key and what follows it.
func (w *yamlWriter) entry(key string, indent int) {
	simple := w.key(key, indent)
	below := indent + 2
	c := w.src[w.at]
	filled := (c == '{' || c == '[') && w.src[w.at+1] != '}' && w.src[w.at+1] != ']'
	if simple && filled {
		if c == '[' {
			below = indent
		}
		w.newline(below)
	} else {
		w.b = append(w.b, ' ')
	}
	w.value(below)
}

// reorder puts entries that were written, the last things in b, into natural order.
func (w *yamlWriter) reorder(entries []yamlEntry, indent int) {
	start := entries[0].start
	written := slices.Clone(w.b[start:])
	sorting.Stable(entries, func(a, b yamlEntry) int { return naturalOrder(a.key, b.key) })
	w.b = w.b[:start]
	for i, e := range entries {
		if i > 0 {
			w.newline(indent)
		}
		w.b = append(w.b, written[e.start-start:e.end-start]...)
	}
	w.line = bytes.LastIndexByte(w.b, '\n') + 1
}

// key writes a key with its colon. One that is too long or has several lines is not simple: it needs a
// question mark, and its value stands in the line of the colon.
func (w *yamlWriter) key(k string, indent int) (simple bool) {
	if plainWord(k) {
		w.b = append(append(w.b, k...), ':')
		return true
	}
	if len(k) > 128 || strings.ContainsAny(k, "\n\r\u0085\u2028\u2029") {
		w.b = append(w.b, "? "...)
		w.text(k, indent+2)
		w.newline(indent)
		w.b = append(w.b, ':')
		return false
	}
	w.quoted(k, scalarStyle(k, true), 0, false)
	w.b = append(w.b, ':')
	return true
}

func (w *yamlWriter) list(indent int) {
	if !w.more() {
		w.b = append(w.b, "[]"...)
		return
	}
	for {
		w.b = append(w.b, "- "...)
		w.value(indent + 2)
		if w.ends() {
			return
		}
		w.newline(indent)
	}
}

func (w *yamlWriter) text(s string, indent int) {
	style := scalarStyle(s, false)
	if style == styleLiteral {
		w.literal(s, indent)
		return
	}
	w.quoted(s, style, indent, true)
}

// literal writes s line by line behind a bar, with the hints that keep leading blanks and the end.
func (w *yamlWriter) literal(s string, indent int) {
	w.b = append(w.b, '|')
	if s[0] == ' ' || isBreak(s) {
		w.b = append(w.b, '2')
	}
	switch trimmed := strings.TrimSuffix(s, "\n"); {
	case trimmed == s:
		w.b = append(w.b, '-')
	case trimmed == "" || strings.HasSuffix(trimmed, "\n"):
		w.b = append(w.b, '+')
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(s, "\n"), "\n") {
		if line == "" {
			w.newline(0)
			continue
		}
		w.newline(indent)
		w.b = append(w.b, line...)
	}
}

// quoted writes s plain or in quotes, folded at spaces where that is allowed.
func (w *yamlWriter) quoted(s string, style scalarKind, indent int, fold bool) {
	quote := [...]string{stylePlain: "", styleSingle: "'", styleDouble: `"`}[style]
	w.b = append(w.b, quote...)
	if style == stylePlain && !strings.Contains(s, " ") && utf8.ValidString(s) {
		w.b = append(w.b, s...)
		return
	}
	spaces := false
	for i, r := range s {
		size := utf8.RuneLen(r)
		if r != ' ' {
			w.b = appendQuoted(w.b, r, style)
			spaces = false
			continue
		}
		followed := i+size < len(s) && s[i+size] == ' '
		ends := i == 0 || i == len(s)-1
		if fold && !spaces && w.column() > foldColumn && (style == stylePlain || !ends) && (style == styleDouble || !followed) {
			w.newline(indent)
			if style == styleDouble && followed {
				w.b = append(w.b, '\\')
			}
		} else {
			w.b = append(w.b, ' ')
		}
		spaces = true
	}
	w.b = append(w.b, quote...)
}

func appendQuoted(b []byte, r rune, style scalarKind) []byte {
	switch {
	case style == styleSingle && r == '\'':
		return append(b, "''"...)
	case style != styleDouble:
		return utf8.AppendRune(b, r)
	case r == '"' || r == '\\':
		return append(b, '\\', byte(r))
	case yamlPrintable(r) && !isBreak(string(r)) && r != '\ufeff':
		return utf8.AppendRune(b, r)
	}
	if i := strings.IndexRune("\x00\a\b\t\n\v\f\r\x1b\u0085\u00a0\u2028\u2029", r); i >= 0 {
		n := utf8.RuneCountInString("\x00\a\b\t\n\v\f\r\x1b\u0085\u00a0\u2028\u2029"[:i])
		return append(b, '\\', "0abtnvfreN_LP"[n])
	}
	hex := strings.ToUpper(strconv.FormatInt(int64(r), 16))
	letter, width := "x", 2
	if r > 0xffff {
		letter, width = "U", 8
	} else if r > 0xff {
		letter, width = "u", 4
	}
	return append(b, "\\"+letter+strings.Repeat("0", width-len(hex))+hex...)
}

// naturalOrder sorts keys as go-yaml does: numbers by value, letters behind everything else.
func naturalOrder(a, b string) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	if i == len(a) || i == len(b) {
		return len(a) - len(b)
	}
	if p, q := a[i]|0x20, b[i]|0x20; p >= 'a' && p <= 'z' && q >= 'a' && q <= 'z' {
		return int(a[i]) - int(b[i])
	}
	return naturalRunes(a, b)
}

// naturalRunes is naturalOrder where it is not the first letter that decides.
func naturalRunes(a, b string) int {
	x, y := []rune(a), []rune(b)
	for i := 0; i < len(x) && i < len(y); i++ {
		if x[i] == y[i] {
			continue
		}
		if unicode.IsLetter(x[i]) != unicode.IsLetter(y[i]) {
			if unicode.IsLetter(y[i]) {
				return -1
			}
			return 1
		}
		if unicode.IsLetter(x[i]) {
			return int(x[i]) - int(y[i])
		}
		return compareNumbers(x, y, i)
	}
	return len(x) - len(y)
}

// compareNumbers compares from i on, where neither has a letter, by the number that may begin there.
func compareNumbers(x, y []rune, i int) int {
	var m, n int64
	if x[i] == '0' || y[i] == '0' {
		for j := i - 1; j >= 0 && unicode.IsDigit(x[j]); j-- {
			if x[j] != '0' {
				m, n = 1, 1
				break
			}
		}
	}
	m, endX := runeNumber(x, i, m)
	n, endY := runeNumber(y, i, n)
	switch {
	case m != n && m < n:
		return -1
	case m != n:
		return 1
	case endX != endY:
		return endX - endY
	}
	return int(x[i]) - int(y[i])
}

func runeNumber(r []rune, i int, n int64) (int64, int) {
	for ; i < len(r) && unicode.IsDigit(r[i]); i++ {
		n = n*10 + int64(r[i]-'0')
	}
	return n, i
}
