package shell

import "strings"

// String prints the command on one line.
func (c *Compound) String() string {
	body := inline(c.Clauses, 0)
	switch c.Kind {
	case Group:
		return "{ " + body + " }"
	case Subshell:
		return "(" + strings.TrimSuffix(body, ";") + ")"
	case For:
		text := "for " + c.Name + " in"
		for _, w := range c.Items {
			text += " " + w.String()
		}
		return text + "; do " + body + " done"
	case While:
		return "while " + lines(c.Clauses[0].Cond) + " do " + body + " done"
	case Until:
		return "until " + lines(c.Clauses[0].Cond) + " do " + body + " done"
	case Case:
		return c.branches()
	}
	text := ""
	for i, clause := range c.Clauses {
		word := "elif "
		if i == 0 {
			word = "if "
		}
		text += word + lines(clause.Cond) + " then " + lines(clause.Body) + " "
	}
	if len(c.Else) > 0 {
		text += "else " + lines(c.Else) + " "
	}
	return text + "fi"
}

func (c *Compound) branches() string {
	text := "case " + c.Items[0].String() + " in "
	for _, clause := range c.Clauses {
		for i, w := range clause.Patterns {
			if i > 0 {
				text += "|"
			}
			text += w.String()
		}
		text += ") " + strings.TrimSuffix(lines(clause.Body), ";") + ";; "
	}
	return text + "esac"
}

func inline(clauses []Clause, i int) string {
	if i < len(clauses) {
		return lines(clauses[i].Body)
	}
	return ""
}

// lines prints lists on one line, each with its semicolon.
func lines(all []List) string {
	text := ""
	for i, l := range all {
		if i > 0 {
			text += " "
		}
		text += l.line() + ";"
	}
	return text
}

// expansion prints a part that is replaced when it is used.
func (p *Part) expansion() string {
	switch {
	case p.Sub != nil:
		// The blank keeps a subshell inside from looking like a sum.
		return "$( " + strings.TrimSuffix(lines(p.Sub.Lists), ";") + ")"
	case p.Sum != nil:
		return "$((" + sumText(p.Sum) + "))"
	case p.Op == "length":
		return "${#" + p.Text + "}"
	case p.Arg != nil:
		return "${" + p.Text + p.Op + p.Arg.String() + "}"
	}
	return "${" + p.Text + "}"
}

// sumText prints an expression, which has no quotes.
func sumText(w *Word) string {
	text := ""
	for _, p := range w.Parts {
		if p.plain() {
			text += p.Text
		} else {
			text += p.expansion()
		}
	}
	return text
}

// heredocsOf collects the here-documents announced on the line of these lists, in the order of their bodies.
func heredocsOf(all []List, found []*Heredoc) []*Heredoc {
	for _, l := range all {
		for _, p := range l.Pipelines {
			for _, c := range p.Commands {
				found = c.heredocs(found)
			}
		}
	}
	return found
}

func (c *Command) heredocs(found []*Heredoc) []*Heredoc {
	if k := c.Compound; k != nil {
		found = heredocsIn(k.Items, found)
		for _, clause := range k.Clauses {
			found = heredocsOf(clause.Cond, found)
			found = heredocsIn(clause.Patterns, found)
			found = heredocsOf(clause.Body, found)
		}
		found = heredocsOf(k.Else, found)
	}
	for _, a := range c.Assigns {
		found = heredocsIn([]Word{a.Value}, found)
	}
	found = heredocsIn(c.Words, found)
	for _, r := range c.Redirects {
		if r.Here != nil {
			found = append(found, r.Here)
		} else {
			found = heredocsIn([]Word{r.Target}, found)
		}
	}
	return found
}

func heredocsIn(words []Word, found []*Heredoc) []*Heredoc {
	for _, w := range words {
		for _, p := range w.Parts {
			if p.Sub != nil {
				found = heredocsOf(p.Sub.Lists, found)
			}
			if p.Arg != nil {
				found = heredocsIn([]Word{*p.Arg}, found)
			}
			if p.Sum != nil {
				found = heredocsIn([]Word{*p.Sum}, found)
			}
		}
	}
	return found
}
