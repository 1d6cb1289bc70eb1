package schema

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slipway-dev/slipway/internal/json"
	"github.com/slipway-dev/slipway/internal/sorting"
)

// yamlWriter writes trees as sigs.k8s.io/yaml does, which kubectl prints with: keys in natural order,
// lists not indented below their key, texts folded behind column 80, and every word in quotes that YAML
// 1.1 would take for something else.
type yamlWriter struct {
	b    []byte
	line int // where the present line begins in b
	err  error
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

// value writes v where the cursor is. indent is that of the lines that follow, if v is a block.
func (w *yamlWriter) value(v any, indent int) {
	switch v := v.(type) {
	case json.Object:
		w.entries(v, indent)
	case map[string]any:
		w.mapping(v, indent)
	case []any:
		w.list(v, indent)
	case string:
		w.text(v, indent)
	case json.Number:
		w.number(v)
	case nil:
		w.b = append(w.b, "null"...)
	case bool:
		w.b = strconv.AppendBool(w.b, v)
	case int64:
		w.b = strconv.AppendInt(w.b, v, 10)
	default:
		w.other(v, indent)
	}
}

// other writes what is no tree yet, and numbers with a fraction: as JSON has them.
func (w *yamlWriter) other(v any, indent int) {
	b, err := json.Marshal(v)
	if err != nil {
		w.err = err
		return
	}
	parsed, err := json.Parse(b)
	if err != nil {
		w.err = err
		return
	}
	w.value(parsed.Tree(func(digits string) any { return json.Number(digits) }), indent)
}

func (w *yamlWriter) number(n json.Number) {
	if i, err := strconv.ParseInt(string(n), 10, 64); err == nil {
		w.b = strconv.AppendInt(w.b, i, 10)
		return
	}
	if f, err := strconv.ParseFloat(string(n), 64); err == nil {
		w.b = strconv.AppendFloat(w.b, f, 'g', -1, 64)
		return
	}
	w.b = append(w.b, n...)
}

// mapping writes the entries at the indentation where the cursor is in a list, or below otherwise.
func (w *yamlWriter) mapping(m map[string]any, indent int) {
	entries := make(json.Object, 0, len(m))
	//order:irrelevant they are sorted
	for k, v := range m {
		entries = append(entries, json.Entry{Name: k, Value: v})
	}
	sorting.Func(entries, func(a, b json.Entry) int { return strings.Compare(a.Name, b.Name) })
	w.entries(entries, indent)
}

// entries writes what is sorted by name, in natural order.
func (w *yamlWriter) entries(m json.Object, indent int) {
	if len(m) == 0 {
		w.b = append(w.b, "{}"...)
		return
	}
	for i := 1; i < len(m); i++ {
		if naturalOrder(m[i-1].Name, m[i].Name) > 0 {
			m = slices.Clone(m)
			sorting.Stable(m, func(a, b json.Entry) int { return naturalOrder(a.Name, b.Name) })
			break
		}
	}
	for i, e := range m {
		if i > 0 {
			w.newline(indent)
		}
		simple := w.key(e.Name, indent)
		below := indent + 2
		switch v := e.Value.(type) {
		case json.Object:
			simple = simple && len(v) > 0
		case map[string]any:
			simple = simple && len(v) > 0
		case []any:
			simple = simple && len(v) > 0
			if simple {
				below = indent
			}
		default:
			simple = false
		}
		if simple {
			w.newline(below)
		} else {
			w.b = append(w.b, ' ')
		}
		w.value(e.Value, below)
	}
}

// key writes a key with its colon. One that is too long or has several lines is not simple: it needs a
// question mark, and its value stands in the line of the colon.
func (w *yamlWriter) key(k string, indent int) (simple bool) {
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

func (w *yamlWriter) list(list []any, indent int) {
	if len(list) == 0 {
		w.b = append(w.b, "[]"...)
		return
	}
	for i, item := range list {
		if i > 0 {
			w.newline(indent)
		}
		w.b = append(w.b, "- "...)
		w.value(item, indent+2)
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
