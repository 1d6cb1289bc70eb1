package shell

import "strings"

// Vars are variables by name. "?" is the status of the last command.
type Vars map[string]string

// Clone is a copy that shares nothing.
func (v Vars) Clone() Vars {
	c := make(Vars, len(v))
	//order:irrelevant every entry goes into another map
	for name, value := range v {
		c[name] = value
	}
	return c
}

// Expand turns a word into the arguments it stands for: usually one; none if it is nothing but unset variables without
// quotes; several if a variable without quotes holds white space. A variable that is not set is empty.
func Expand(w Word, vars Vars) []string {
	var fields []string
	var field strings.Builder
	begun := false // a field is open, though it may be empty: "" is an argument
	end := func() {
		if begun {
			fields = append(fields, field.String())
			field.Reset()
			begun = false
		}
	}
	for _, p := range w.Parts {
		if !p.Var || p.Quote == Double {
			field.WriteString(value(p, vars))
			begun = true
			continue
		}
		text := vars[p.Text]
		pieces := strings.FieldsFunc(text, isSpace)
		if text != "" && isSpace(rune(text[0])) {
			end()
		}
		for i, piece := range pieces {
			if i > 0 {
				end()
			}
			field.WriteString(piece)
			begun = true
		}
		if text != "" && isSpace(rune(text[len(text)-1])) {
			end()
		}
	}
	end()
	return fields
}

// ExpandText turns a word into one text, without splitting: as for assignments, file names and here-documents.
func ExpandText(w Word, vars Vars) string {
	var b strings.Builder
	for _, p := range w.Parts {
		b.WriteString(value(p, vars))
	}
	return b.String()
}

// value is what a part stands for.
func value(p Part, vars Vars) string {
	if p.Var {
		return vars[p.Text]
	}
	return p.Text
}

// isSpace reports whether an expansion splits at r: POSIX' default IFS.
func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }
