package filter

import (
	"encoding/base64"
	"strings"

	"github.com/slipway-dev/slipway/internal/replace"
)

// encode is base64, with -d for the way back and -w for the width of lines.
func encode(c Call) Result {
	o, bad := c.parse("di", "w")
	if bad != "" {
		return Result{Stderr: bad, Code: 1}
	}
	var res Result
	for _, s := range c.sources(o.rest, &res) {
		if o.has('d') {
			text, err := base64.StdEncoding.DecodeString(replace.All(s.text, "\n", "", "\r", "", " ", ""))
			res.Stdout += string(text)
			if err != nil {
				res.Stderr, res.Code = res.Stderr+"base64: truncated input\n", 1
			}
			continue
		}
		res.Stdout += folded(base64.StdEncoding.EncodeToString([]byte(s.text)), o.values['w'])
	}
	return res
}

// folded is a text in lines of so many characters: 76 unless told otherwise, 0 for all in one without an end.
func folded(text, width string) string {
	n, ok := 76, true
	if width != "" {
		if n, ok = small(width); !ok {
			n = 76
		}
	}
	if n == 0 {
		return text
	}
	var b strings.Builder
	for ; len(text) > n; text = text[n:] {
		b.WriteString(text[:n] + "\n")
	}
	if text != "" {
		b.WriteString(text + "\n")
	}
	return b.String()
}

// edit is one command of sed: an address, and s, d, p or q.
type edit struct {
	re         *pattern // of the address; nil if there is none
	from, to   int      // of the address as numbers of lines; 0 if it is none, -1 for the last line
	command    byte
	find       *pattern
	put        string
	all, print bool
}

// sed changes lines: s/RE/TEXT/[gip], /RE/d, 2p, 3,5d, $q, with -n, -e, -E and -i.
func sed(c Call) Result {
	o, bad := c.parse("nEri", "e")
	if bad != "" {
		return Result{Stderr: bad, Code: 1}
	}
	script := o.values['e']
	if !o.has('e') {
		if len(o.rest) == 0 {
			return Result{Stderr: "sed: usage: sed [-n] [-E] [-i] SCRIPT [FILE]...\n", Code: 1}
		}
		script, o.rest = o.rest[0], o.rest[1:]
	}
	var edits []edit
	for script = strings.TrimLeft(script, "; \n\t"); script != ""; script = strings.TrimLeft(script, "; \n\t") {
		e, rest, why := parseEdit(script, o.has('E') || o.has('r'))
		if why != "" {
			return Result{Stderr: "sed: " + why + "\n", Code: 1}
		}
		edits, script = append(edits, e), rest
	}
	var res Result
	for _, s := range c.sources(o.rest, &res) {
		text := edited(s.text, edits, o.has('n'))
		if o.has('i') && s.name != "-" && c.Write != nil {
			if err := c.Write(s.name, []byte(text), false); err != nil {
				res.Stderr, res.Code = res.Stderr+"sed: "+s.name+": "+err.Error()+"\n", 1
			}
			continue
		}
		res.Stdout += text
	}
	return res
}

func edited(text string, edits []edit, quiet bool) string {
	var b strings.Builder
	all := lines(text)
	for i, line := range all {
		gone, last := false, false
		for k := range edits {
			e := &edits[k]
			if gone || !e.here(line, i+1, len(all)) {
				continue
			}
			switch e.command {
			case 'd':
				gone = true
			case 'p':
				b.WriteString(line + "\n")
			case 'q':
				last = true
			default:
				changed, done := e.substitute(line)
				if line = changed; done && e.print {
					b.WriteString(line + "\n")
				}
			}
		}
		if !gone && !quiet {
			b.WriteString(line + "\n")
		}
		if last {
			break
		}
	}
	return b.String()
}

// here tells whether the edit is meant for a line.
func (e *edit) here(line string, n, last int) bool {
	switch {
	case e.re != nil:
		return e.re.matches(line)
	case e.from == 0:
		return true
	case e.from < 0:
		return n == last
	}
	return e.from <= n && (n <= e.to || e.to < 0)
}

// substitute puts the text in the place of what is found; & in it is what was found.
func (e *edit) substitute(line string) (string, bool) {
	var b strings.Builder
	at, done := 0, false
	for at <= len(line) {
		start, end, ok := e.find.find(line, at)
		if !ok {
			break
		}
		done = true
		b.WriteString(line[at:start])
		for i := 0; i < len(e.put); i++ {
			switch {
			case e.put[i] == '\\' && i+1 < len(e.put):
				if i++; e.put[i] == 'n' {
					b.WriteByte('\n')
				} else {
					b.WriteByte(e.put[i])
				}
			case e.put[i] == '&':
				b.WriteString(line[start:end])
			default:
				b.WriteByte(e.put[i])
			}
		}
		if at = end; start == end {
			if end < len(line) {
				b.WriteByte(line[end])
			}
			at++
		}
		if !e.all {
			break
		}
	}
	return b.String() + line[min(at, len(line)):], done
}

// parseEdit reads one command of a script; the last result says what is wrong with it.
func parseEdit(s string, extended bool) (e edit, rest, why string) {
	if s, why = e.address(s, extended); why != "" {
		return e, "", why
	}
	s = strings.TrimLeft(s, " ")
	if s == "" {
		return e, "", "missing command"
	}
	e.command, s = s[0], s[1:]
	switch e.command {
	case 'd', 'p', 'q':
	case 's':
		if s, why = e.readSubstitution(s, extended); why != "" {
			return e, "", why
		}
	default:
		return e, "", "unsupported command " + string(rune(e.command)) + "; s, d, p and q are here"
	}
	s = strings.TrimLeft(s, " ")
	if s != "" && s[0] != ';' && s[0] != '\n' {
		return e, "", "garbage after command"
	}
	return e, s, ""
}

func (e *edit) address(s string, extended bool) (rest, why string) {
	switch {
	case s[0] == '/':
		text, rest, ok := upTo(s[1:], '/')
		if !ok {
			return "", "unterminated address regex"
		}
		e.re, why = compile(text, extended, false)
		return rest, why
	case s[0] == '$':
		e.from = -1
		return s[1:], ""
	}
	n := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if n == 0 {
		return s, ""
	}
	e.from, _ = lineNumber(s[:n])
	e.to, s = e.from, s[n:]
	if strings.HasPrefix(s, ",") {
		s = s[1:]
		n = len(s) - len(strings.TrimLeft(s, "0123456789"))
		if e.to, _ = lineNumber(s[:n]); strings.HasPrefix(s, "$") {
			e.to, n = -1, 1
		}
		s = s[n:]
	}
	return s, ""
}

// lineNumber reads a line number that is not absurd.
func lineNumber(s string) (n int, ok bool) {
	for i := 0; i < len(s) && n < 1<<30; i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n, s != ""
}

func (e *edit) readSubstitution(s string, extended bool) (rest, why string) {
	if s == "" {
		return "", "unmatched 's'"
	}
	mark := s[0]
	find, s, ok := upTo(s[1:], mark)
	if !ok {
		return "", "unmatched '" + string(rune(mark)) + "'"
	}
	if e.put, s, ok = upTo(s, mark); !ok {
		return "", "unmatched '" + string(rune(mark)) + "'"
	}
	for i := 0; i+1 < len(e.put); i++ {
		if e.put[i] == '\\' {
			if i++; '1' <= e.put[i] && e.put[i] <= '9' {
				return "", "back-references such as \\1 do not exist here; & is all that was found"
			}
		}
	}
	fold := false
	for ; s != "" && strings.IndexByte("gip", s[0]) >= 0; s = s[1:] {
		e.all, fold, e.print = e.all || s[0] == 'g', fold || s[0] == 'i', e.print || s[0] == 'p'
	}
	e.find, why = compile(find, extended, fold)
	return s, why
}

// upTo is what stands before a mark without a backslash before it, and what stands behind.
func upTo(s string, mark byte) (text, rest string, ok bool) {
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			if s[i+1] == mark && mark != '/' || s[i+1] == '/' && mark == '/' {
				s = s[:i] + s[i+1:]
				continue
			}
			i++
		case s[i] == mark:
			return s[:i], s[i+1:], true
		}
	}
	return "", "", false
}
