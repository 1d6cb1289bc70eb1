package workload

import "strings"

// list is a script: steps one after another.
type list []step

// step is one command of a script, simple or compound.
type step struct {
	kind  stepKind
	join  byte     // '&': only if the one before succeeded; '|': only if it failed; 0: always
	not   bool     // ! turns success and failure around
	back  bool     // & does not wait for it
	piped bool     // its output goes to the next step
	words []string // of a simple command, as written; of for, the words to go through
	plain bool     // the words are what they are: nothing is expanded
	into  string   // the file its output goes to, as written; "" is the log
	name  string   // the variable of for
	test  list     // of while, until, if
	body  list
	other list // of if: else
}

type stepKind uint8

const (
	simple stepKind = iota
	whileLoop
	untilLoop
	forLoop
	ifThen
	group
)

// parser reads the small part of the shell's language that lessons use in a pod's command.
type parser struct {
	words []string // operators are words of their own, marked by a leading NUL
	at    int
	bad   string // what was not understood; "" if all was
	deep  int
}

// mostDeep is how deep compound commands may be nested.
const mostDeep = 50

// parse reads a script. The text says what it does not understand of it.
func parse(script string) (list, string) {
	p := parser{words: split(script)}
	l := p.list()
	if p.bad == "" && p.at < len(p.words) {
		p.bad = strings.TrimPrefix(p.words[p.at], "\x00")
	}
	return l, p.bad
}

func (p *parser) peek() string {
	if p.at < len(p.words) {
		return p.words[p.at]
	}
	return ""
}

func (p *parser) take(word string) bool {
	if p.at < len(p.words) && p.words[p.at] == word {
		p.at++
		return true
	}
	return false
}

func (p *parser) want(word string) {
	if !p.take(word) {
		p.unexpected("end of file (expecting \"" + word + "\")")
	}
}

// unexpected says that the word at hand cannot stand here, or, if there is none, what the end of the script is.
func (p *parser) unexpected(end string) {
	if p.bad != "" {
		return
	}
	p.bad = end
	if p.at < len(p.words) {
		p.bad = strings.TrimPrefix(p.words[p.at], "\x00")
	}
}

// some reads steps where there has to be one: a loop without any would go round without ever doing something that counts.
func (p *parser) some() list {
	l := p.list()
	if len(l) == 0 {
		p.unexpected("end of file")
	}
	return l
}

// list reads steps up to a word that ends them.
func (p *parser) list() list {
	var l list
	join := byte(0)
	p.deep++
	defer func() { p.deep-- }()
	for p.bad == "" && p.deep < mostDeep {
		for p.take("\x00;") {
		}
		switch p.peek() {
		case "", "do", "done", "then", "else", "elif", "fi", "}", "\x00)":
			return l
		}
		s := p.step()
		s.join = join
		join = 0
		switch {
		case p.take("\x00&&"):
			join = '&'
		case p.take("\x00||"):
			join = '|'
		case p.take("\x00|"):
			s.piped = true
		case p.take("\x00&"):
			s.back = true
		}
		l = append(l, s)
	}
	return l
}

func (p *parser) step() step {
	not := p.take("!")
	s := p.compound()
	s.not = not
	return s
}

func (p *parser) compound() step {
	var s step
	switch word := p.peek(); word {
	case "while", "until":
		p.at++
		s.kind = whileLoop
		if word == "until" {
			s.kind = untilLoop
		}
		s.test = p.some()
		s.body = p.block()
	case "for":
		p.at++
		s.kind, s.name = forLoop, p.peek()
		p.at++
		if p.take("in") {
			for w := p.peek(); w != "" && w[0] != 0; w = p.peek() {
				s.words = append(s.words, w)
				p.at++
			}
		}
		for p.take("\x00;") {
		}
		s.body = p.block()
	case "if":
		p.at++
		s = p.ifThen()
	case "{", "\x00(":
		p.at++
		s.kind, s.body = group, p.some()
		if word == "{" {
			p.want("}")
		} else {
			p.want("\x00)")
		}
	case "case", "function", "select":
		p.bad = word
	default:
		return p.simple()
	}
	p.redirect(&s)
	return s
}

func (p *parser) block() list {
	p.want("do")
	l := p.some()
	p.want("done")
	return l
}

func (p *parser) ifThen() step {
	s := step{kind: ifThen, test: p.some()}
	p.want("then")
	s.body = p.some()
	switch {
	case p.take("elif"):
		if p.deep++; p.deep < mostDeep {
			s.other = list{p.ifThen()}
		}
		p.deep--
		return s
	case p.take("else"):
		s.other = p.some()
	}
	p.want("fi")
	return s
}

func (p *parser) simple() step {
	var s step
	for p.bad == "" {
		w := p.peek()
		switch {
		case w == "":
			return s
		case w[0] == 0:
			if !p.redirect(&s) {
				return s
			}
		default:
			s.words = append(s.words, w)
			p.at++
		}
	}
	return s
}

// redirect reads the redirections at hand; false if there is none.
func (p *parser) redirect(s *step) bool {
	some := false
	for {
		switch p.peek() {
		case "\x00>", "\x00>>":
			p.at++
			s.into = p.peek()
		case "\x002>", "\x00<":
			p.at++
		default:
			return some
		}
		if p.peek() == "" || p.peek()[0] == 0 {
			p.bad = "newline"
			return some
		}
		p.at++
		some = true
	}
}
