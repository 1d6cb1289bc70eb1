package shell

// Place is where a cursor stands in a line that is still being typed, for completion.
type Place struct {
	Args []string // the command's words before the one at the cursor, expanded; empty where a program's name belongs
	Word string   // the word at the cursor, up to the cursor, quotes and backslashes taken away
	From int      // byte offset at which that word begins; the cursor's if there is none yet
	File bool     // the word is the name of a file behind < or >
}

// At finds the command around a cursor. A cursor beyond the input counts as its end. What stands before the cursor may
// be unfinished; ok is false if it is wrong, or if the cursor stands where nothing can be completed: in a comment or a
// here-document.
func At(input string, cursor int, vars Vars) (place Place, ok bool) {
	cursor = max(0, min(cursor, len(input)))
	// A letter in the cursor's place makes a word of nothing, and shows whether the cursor stands in one.
	const mark = "\x00"
	head := input[:cursor] + mark
	c := lastCommand(head)
	if c == nil {
		return Place{}, false
	}
	if n := len(c.Words); n > 0 && c.Words[n-1].End >= len(head) {
		for _, w := range c.Words[:n-1] {
			place.Args = append(place.Args, Expand(w, vars)...)
		}
		return place.at(c.Words[n-1], vars), true
	}
	if n := len(c.Redirects); n > 0 && c.Redirects[n-1].Op <= Append && c.Redirects[n-1].Target.End >= len(head) {
		place.File = true
		return place.at(c.Redirects[n-1].Target, vars), true
	}
	return Place{}, false
}

// at fills in the word at the cursor, its mark taken off.
func (p Place) at(w Word, vars Vars) Place {
	text := ExpandText(w, vars)
	p.Word, p.From = text[:len(text)-1], w.Pos
	return p
}

// lastCommand is the command with which a head of a line ends. Quotes and compound commands may still be open.
func lastCommand(head string) *Command {
	for _, quote := range []string{"", "'", `"`} {
		p := newParser(head + quote)
		_, err := p.script()
		if (err == nil || err.Incomplete) && p.last != nil && p.last.End >= len(head) {
			return p.last
		}
	}
	return nil
}
