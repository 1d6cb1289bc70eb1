package kubectl

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// kyaml writes a tree as KYAML: braces and brackets, every text in quotes, a comma behind everything.
//
// Source: KEP-5295; Kubernetes documentation, "KYAML Reference".
func kyaml(w *strings.Builder, v any, indent string) {
	deeper := indent + "  "
	switch v := v.(type) {
	case map[string]any:
		w.WriteByte('{')
		for i, k := range sortedKeys(v) {
			if i == 0 {
				w.WriteByte('\n')
			}
			w.WriteString(deeper + kyamlKey(k) + ": ")
			kyaml(w, v[k], deeper)
			w.WriteString(",\n")
		}
		if len(v) > 0 {
			w.WriteString(indent)
		}
		w.WriteByte('}')
	case []any:
		w.WriteByte('[')
		if together(v) {
			for i, item := range v {
				if i > 0 {
					w.WriteString(", ")
				}
				kyaml(w, item, indent)
			}
		} else {
			w.WriteByte('\n')
			for _, item := range v {
				w.WriteString(deeper)
				kyaml(w, item, deeper)
				w.WriteString(",\n")
			}
			w.WriteString(indent)
		}
		w.WriteByte(']')
	case string:
		kyamlText(w, v, deeper)
	default:
		b, err := schema.MarshalIndent(v)
		if err != nil {
			panic("kubectl: bug: " + err.Error())
		}
		w.WriteString(strings.TrimSpace(string(b)))
	}
}

// together tells whether the items of a list stand on the lines of its brackets: all of them have brackets themselves.
func together(list []any) bool {
	for _, v := range list {
		switch v.(type) {
		case map[string]any, []any:
		default:
			return false
		}
	}
	return true
}

// kyamlKey puts a key into quotes that something else could be read from.
func kyamlKey(k string) string {
	lower := strings.ToLower(k)
	plain := k != "" && !strings.Contains(" null ~ true false y n yes no on off t f .inf .nan ", " "+lower+" ")
	for i, r := range k {
		inner := i > 0 && i < len(k)-1 && strings.ContainsRune("-./", r)
		plain = plain && (unicode.IsLetter(r) || unicode.IsNumber(r) || r == '_' || inner)
	}
	if _, err := strconv.ParseFloat(strings.ReplaceAll(k, "_", ""), 64); err != nil && plain && (k[0] < '0' || k[0] > '9') {
		return k
	}
	return strconv.Quote(k)
}

// kyamlText writes a text in quotes; several lines are folded, each on one of its own.
func kyamlText(w *strings.Builder, s, indent string) {
	if !strings.Contains(s, "\n") {
		w.WriteString(strconv.Quote(s))
		return
	}
	w.WriteString("\"\\\n")
	for line := range strings.Lines(s) {
		line, whole := strings.CutSuffix(line, "\n")
		w.WriteString(indent)
		if strings.HasPrefix(line, " ") {
			w.WriteByte('\\') // so that blanks at the beginning count
		} else {
			w.WriteByte(' ')
		}
		quoted := strconv.Quote(line)
		w.WriteString(quoted[1 : len(quoted)-1])
		if whole {
			w.WriteString("\\n")
		}
		w.WriteString("\\\n")
	}
	w.WriteString(indent + "\"")
}
