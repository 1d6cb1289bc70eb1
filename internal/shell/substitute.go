package shell

// substitutions are the command substitutions of a command itself, in the order in which they are expanded. Those inside a
// compound command are run when their turn comes.
func (c *Command) substitutions() []*Script {
	var found []*Script
	if c.Compound != nil {
		for _, w := range c.Compound.Items {
			found = subsOf(w, found)
		}
		for _, clause := range c.Compound.Clauses {
			for _, w := range clause.Patterns {
				found = subsOf(w, found)
			}
		}
	}
	for _, w := range c.Words {
		found = subsOf(w, found)
	}
	for _, a := range c.Assigns {
		found = subsOf(a.Value, found)
	}
	for _, r := range c.Redirects {
		if r.Here != nil {
			found = subsOf(r.Here.Body, found)
		} else {
			found = subsOf(r.Target, found)
		}
	}
	return found
}

// subsOf adds those of a word. The order is that of [expander.value]: a braced word's own come when it is expanded,
// and it always is.
func subsOf(w Word, found []*Script) []*Script {
	for _, p := range w.Parts {
		switch {
		case p.Sub != nil:
			found = append(found, p.Sub)
		case p.Sum != nil:
			found = subsOf(*p.Sum, found)
		case p.Arg != nil:
			found = subsOf(*p.Arg, found)
		}
	}
	return found
}

// items are the words a compound command is about: what for goes over; for case the word, then one pattern for each
// pattern of each branch.
func (x *expander) items(c *Compound) []string {
	if c.Kind != Case {
		var items []string
		for _, w := range c.Items {
			items = append(items, x.fields(w)...)
		}
		return items
	}
	items := []string{x.text(c.Items[0])}
	for _, clause := range c.Clauses {
		for _, w := range clause.Patterns {
			items = append(items, x.pattern(w))
		}
	}
	return items
}

// pattern expands a word in which quotes take the meaning from *, ? and [.
func (x *expander) pattern(w Word) string {
	text := ""
	for _, p := range w.Parts {
		if value := x.value(p); p.Quote == Bare {
			text += value
		} else {
			text += escapePattern(value)
		}
	}
	return text
}

// branch is the first branch of a case that fits; -1 if none does, or if it is no case.
func (x *expander) branch(c *Compound, items []string) int {
	if c.Kind != Case {
		return -1
	}
	at := 1
	for i, clause := range c.Clauses {
		for range clause.Patterns {
			if match(items[at], items[0]) {
				return i
			}
			at++
		}
	}
	return -1
}
