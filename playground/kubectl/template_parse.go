package kubectl

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
)

// goTemplate is a compiled template in the language of Go's text/template, as far as people type it at kubectl.
//
//	{{range $i, $p := .items}}{{if eq $p.kind "Pod"}}{{$i}} {{.metadata.name | printf "%q"}}{{"\n"}}{{else}}-{{end}}{{end}}
//
// It knows range, if, with, else, break, continue, variables, pipelines, comments, trimming and the functions of
// template_call.go; define, template, block and calls of Go's methods are missing.
//
// Source: the documentation of text/template.
type goTemplate struct {
	source string
	root   []*templateNode
	strict bool // a key that is not there is an error
}

// templateNode is text, a pipeline to print, or a block.
type templateNode struct {
	kind string // "", which is a pipeline, or text, range, if, with, break, continue
	text string
	pipe *templatePipe
	body []*templateNode
	or   []*templateNode // of else
}

// templatePipe is $a, $b := command | command.
type templatePipe struct {
	vars     []string
	assign   bool // =, not :=
	commands [][]templateTerm
	text     string // for messages
}

// templateTerm is an operand: a literal, a function's name, or a start (dot, variable, pipeline) and the fields below it.
type templateTerm struct {
	kind   byte // l literal, f function, . dot, $ variable, ( pipeline
	value  any
	name   string
	pipe   *templatePipe
	fields []string
}

// templateParser reads a template from left to right.
type templateParser struct {
	rest  string
	line  int
	depth int
	vars  []string // in scope
	loops int
}

// deepestBlock is how far blocks and parentheses may be in each other.
const deepestBlock = 200

func parseTemplate(source string) (*goTemplate, error) {
	p := &templateParser{rest: source, line: 1, vars: []string{"$"}}
	root, end, err := p.list()
	if err == nil && end != "" {
		err = p.wrong("unexpected {{" + end + "}}")
	}
	if err != nil {
		return nil, usageError("error parsing template " + source + ", " + err.Error())
	}
	return &goTemplate{source: source, root: root}, nil
}

func (p *templateParser) wrong(text string) error {
	return fmt.Errorf("template: output:%d: %s", p.line, text)
}

// list reads nodes up to the end of the template or an action that closes a block, which it gives.
func (p *templateParser) list() (nodes []*templateNode, end string, err error) {
	if p.depth++; p.depth > deepestBlock {
		return nil, "", p.wrong("blocks are too deep in each other")
	}
	defer func() { p.depth-- }()
	for {
		text, action, found, err := p.next()
		if text != "" {
			nodes = append(nodes, &templateNode{kind: "text", text: text})
		}
		if err != nil || !found {
			return nodes, "", err
		}
		word, _, _ := strings.Cut(action, " ")
		if word == "end" || word == "else" {
			return nodes, action, nil
		}
		n, err := p.action(word, action)
		if err != nil {
			return nil, "", err
		}
		if n != nil {
			nodes = append(nodes, n)
		}
	}
}

func (p *templateParser) action(word, action string) (*templateNode, error) {
	switch word {
	case "range", "if", "with":
		return p.block(word, strings.TrimSpace(action[len(word):]))
	case "break", "continue":
		if p.loops == 0 {
			return nil, p.wrong("{{" + word + "}} outside {{range}}")
		}
		return &templateNode{kind: word}, nil
	case "define", "template", "block":
		return nil, p.wrong("{{" + word + "}} is not part of this playground")
	}
	if strings.HasPrefix(action, "/*") {
		return nil, nil
	}
	pipe, err := p.pipeline(action)
	return &templateNode{pipe: pipe}, err
}

// block reads a block up to its {{end}}.
func (p *templateParser) block(kind, head string) (*templateNode, error) {
	scope := len(p.vars)
	defer func() { p.vars = p.vars[:scope] }()
	pipe, err := p.pipeline(head)
	if err != nil {
		return nil, err
	}
	n := &templateNode{kind: kind, pipe: pipe}
	if kind == "range" {
		p.loops++
	}
	var end string
	n.body, end, err = p.list()
	if kind == "range" {
		p.loops--
	}
	if err != nil {
		return nil, err
	}
	if next, chained := strings.CutPrefix(end, "else "); chained {
		next = strings.TrimSpace(next)
		word, head, _ := strings.Cut(next, " ")
		if word != "if" && word != "with" {
			return nil, p.wrong("unexpected <" + word + "> in else")
		}
		inner, err := p.block(word, strings.TrimSpace(head))
		n.or = []*templateNode{inner}
		return n, err
	}
	if end == "else" {
		if n.or, end, err = p.list(); err != nil {
			return nil, err
		}
	}
	if end != "end" {
		return nil, p.wrong("unexpected EOF")
	}
	return n, nil
}

// pipeline reads a whole pipeline.
func (p *templateParser) pipeline(text string) (*templatePipe, error) {
	words := templateWords(text)
	pipe, rest, err := p.commands(words, text)
	if err == nil && len(rest) > 0 {
		err = p.wrong("unexpected " + strconv.Quote(rest[0]) + " in command")
	}
	return pipe, err
}

// commands reads a pipeline up to a closing parenthesis or the end.
func (p *templateParser) commands(words []string, text string) (*templatePipe, []string, error) {
	if p.depth++; p.depth > deepestBlock {
		return nil, nil, p.wrong("parentheses are too deep in each other")
	}
	defer func() { p.depth-- }()
	pipe := &templatePipe{text: text}
	words = p.declaration(pipe, words)
	var command []templateTerm
	for len(words) > 0 && words[0] != ")" {
		if words[0] == "|" {
			if command == nil {
				return nil, nil, p.wrong("missing value for command")
			}
			pipe.commands, command, words = append(pipe.commands, command), nil, words[1:]
			continue
		}
		term, rest, err := p.term(words)
		if err != nil {
			return nil, nil, err
		}
		command, words = append(command, term), rest
	}
	if command == nil {
		return nil, nil, p.wrong("missing value for command")
	}
	pipe.commands = append(pipe.commands, command)
	if !pipe.assign {
		p.vars = append(p.vars, pipe.vars...)
	}
	return pipe, words, nil
}

// declaration takes $a, $b := off the words.
func (p *templateParser) declaration(pipe *templatePipe, words []string) []string {
	n := slices.IndexFunc(words, func(w string) bool { return w == ":=" || w == "=" })
	if n < 1 || n > 3 || n == 3 && words[1] != "," || n == 2 {
		return words
	}
	for i := 0; i < n; i += 2 {
		if !strings.HasPrefix(words[i], "$") {
			return words
		}
		pipe.vars = append(pipe.vars, words[i])
	}
	pipe.assign = words[n] == "="
	return words[n+1:]
}

// term reads one operand.
func (p *templateParser) term(words []string) (templateTerm, []string, error) {
	word, rest := words[0], words[1:]
	switch {
	case word == "(":
		inner, rest, err := p.commands(rest, "")
		if err != nil {
			return templateTerm{}, nil, err
		}
		if len(rest) == 0 {
			return templateTerm{}, nil, p.wrong("unclosed left paren")
		}
		t := templateTerm{kind: '(', pipe: inner}
		if rest = rest[1:]; len(rest) > 0 && strings.HasPrefix(rest[0], "\x00.") {
			t.fields, rest = strings.Split(rest[0][2:], "."), rest[1:]
		}
		return t, rest, nil
	case word[0] == '.' && !(len(word) > 1 && '0' <= word[1] && word[1] <= '9'):
		t := templateTerm{kind: '.', name: word}
		if word != "." {
			t.fields = strings.Split(word[1:], ".")
		}
		if slices.Contains(t.fields, "") {
			return t, nil, p.wrong("bad character after a point in " + strconv.Quote(word))
		}
		return t, rest, nil
	case word[0] == '$':
		name, fields, below := strings.Cut(word, ".")
		if !slices.Contains(p.vars, name) {
			return templateTerm{}, nil, p.wrong("undefined variable " + strconv.Quote(name))
		}
		t := templateTerm{kind: '$', name: name}
		if below {
			t.fields = strings.Split(fields, ".")
		}
		return t, rest, nil
	}
	v, known := templateLiteral(word)
	switch {
	case known:
		return templateTerm{kind: 'l', value: v, name: word}, rest, nil
	case templateFuncs[word] != nil || word == "and" || word == "or":
		return templateTerm{kind: 'f', name: word}, rest, nil
	case word[0] == '"' || word[0] == '`':
		return templateTerm{}, nil, p.wrong("unterminated quoted string")
	}
	return templateTerm{}, nil, p.wrong("function " + strconv.Quote(word) + " not defined")
}
