package isolate

import (
	"strconv"
	"strings"
)

// String explains the plan for people: one line for each call, as strace would write it, and below it the reason and the manual page.
// Calls that repeat one another with another number are shortened.
func (p Plan) String() string {
	var b strings.Builder
	for i := 0; i < len(p.Steps); i++ {
		s := p.Steps[i]
		b.WriteString(column(strconv.Itoa(i+1), -3) + "  " + column(s.By.String(), 13) + "  " + p.Line(i) + "\n")
		j := i
		for j+1 < len(p.Steps) && p.Steps[j+1].Call == s.Call && p.Steps[j+1].Why == s.Why && p.Steps[j+1].By == s.By && s.Why != "" {
			j++
		}
		if j > i+2 {
			b.WriteString(column("", 20) + " " + strconv.Itoa(j-i) + " more, up to " + p.Line(j) + "\n")
			i = j
		}
		if i+1 == len(p.Steps) || p.Steps[i+1].Why != s.Why {
			b.WriteString(column("", 20) + " " + s.Why + "   " + s.Man + "\n")
		}
	}
	return b.String()
}

// Line is step i as strace would write it: call, arguments, and the name of its result.
func (p Plan) Line(i int) string {
	s := p.Steps[i]
	args := make([]string, len(s.Args))
	for i, a := range s.Args {
		switch a.Kind {
		case Message:
			args[i] = "{SCM_RIGHTS: " + p.Results[a.Value] + "}"
		case Result:
			args[i] = p.Results[a.Value]
		case Buffer:
			args[i] = "&" + p.Results[uint32(a.Value)]
		case Cell:
			args[i] = p.Results[uint32(a.Value)] + "." + a.Text
		default:
			args[i] = a.String()
		}
	}
	line := s.Call + "(" + strings.Join(args, ", ") + ")"
	if s.Result != noResult {
		line += " = " + p.Results[s.Result]
	}
	if s.Tolerate != 0 {
		line += "  [" + s.Tolerate.String() + " is fine]"
	}
	return line
}
