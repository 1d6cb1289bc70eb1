package kubectl

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// templateRun is one execution of a template.
type templateRun struct {
	strict bool // as of the template
	w      *strings.Builder
	vars   []templateVar
}

type templateVar struct {
	name  string
	value any
}

// absent is what a field gives that is not there; it prints as <no value>.
type absent struct{}

// leave is how break and continue end a pass of a loop.
type leave string

func (l leave) Error() string { return "{{" + string(l) + "}} outside {{range}}" }

// execute writes what the template makes of a tree.
func (t *goTemplate) execute(w *strings.Builder, tree any) error {
	r := &templateRun{strict: t.strict, w: w, vars: []templateVar{{"$", tree}}}
	if err := r.list(t.root, tree); err != nil {
		return usageError(fmt.Sprintf("error executing template %q: template: output: %v", t.source, err))
	}
	return nil
}

func (r *templateRun) list(nodes []*templateNode, dot any) error {
	for _, n := range nodes {
		if err := r.node(n, dot); err != nil {
			return err
		}
	}
	return nil
}

func (r *templateRun) node(n *templateNode, dot any) error {
	switch n.kind {
	case "text":
		r.w.WriteString(n.text)
		return nil
	case "break", "continue":
		return leave(n.kind)
	}
	scope := len(r.vars)
	v, err := r.pipeline(n.pipe, dot)
	if err != nil {
		return err
	}
	switch n.kind {
	case "":
		if n.pipe.vars == nil {
			r.w.WriteString(templateText(v))
		}
		return nil
	case "range":
		err = r.loop(n, v, dot)
	case "with":
		if truth(v) {
			err = r.list(n.body, v)
		} else {
			err = r.list(n.or, dot)
		}
	default:
		branch := n.or
		if truth(v) {
			branch = n.body
		}
		err = r.list(branch, dot)
	}
	r.vars = r.vars[:scope]
	return err
}

// loop runs a range over a list, the values of an object by key, or so many numbers.
func (r *templateRun) loop(n *templateNode, over, dot any) error {
	var keys, items []any
	switch v := over.(type) {
	case []any:
		items = v
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			keys, items = append(keys, k), append(items, v[k])
		}
	case nil, absent:
	default:
		return fmt.Errorf("range can't iterate over %v", templateText(over))
	}
	if len(items) == 0 {
		return r.list(n.or, dot)
	}
	scope := len(r.vars)
	for i, item := range items {
		if vars := n.pipe.vars; len(vars) > 0 {
			key := any(int64(i))
			if keys != nil {
				key = keys[i]
			}
			r.set(vars[len(vars)-1], item)
			if len(vars) > 1 {
				r.set(vars[0], key)
			}
		}
		err := r.list(n.body, item)
		r.vars = r.vars[:scope]
		if err == leave("break") {
			return nil
		}
		if err != nil && err != leave("continue") {
			return err
		}
	}
	return nil
}

// set gives the innermost variable of a name another value.
func (r *templateRun) set(name string, v any) {
	for i := len(r.vars) - 1; i >= 0; i-- {
		if r.vars[i].name == name {
			r.vars[i].value = v
			return
		}
	}
}

// pipeline gives the value of a pipeline; what it declares is in scope afterwards.
func (r *templateRun) pipeline(p *templatePipe, dot any) (any, error) {
	var v any
	for i, command := range p.commands {
		var last []any
		if i > 0 {
			last = []any{v}
		}
		var err error
		if v, err = r.command(command, last, dot); err != nil {
			return nil, err
		}
	}
	for _, name := range p.vars {
		if p.assign {
			r.set(name, v)
		} else {
			r.vars = append(r.vars, templateVar{name, v})
		}
	}
	return v, nil
}

// command calls a function with its operands and what the command before gave, or gives its only operand.
func (r *templateRun) command(terms []templateTerm, last []any, dot any) (any, error) {
	first := &terms[0]
	if first.kind != 'f' {
		if len(terms) > 1 || last != nil {
			return nil, fmt.Errorf("can't give argument to non-function %s", first.name)
		}
		if first.kind == 'l' && first.value == nil {
			return nil, errors.New("nil is not a command")
		}
		return r.term(first, dot)
	}
	if first.name == "and" || first.name == "or" {
		return r.shortcut(first.name == "or", terms[1:], last, dot)
	}
	var args []any
	for i := range terms[1:] {
		v, err := r.term(&terms[i+1], dot)
		if err != nil {
			return nil, err
		}
		args = append(args, v)
	}
	v, err := templateFuncs[first.name](append(args, last...))
	if err != nil {
		err = fmt.Errorf("error calling %s: %w", first.name, err)
	}
	return v, err
}

// shortcut is and and or: the first operand that decides, or the last one.
func (r *templateRun) shortcut(wanted bool, terms []templateTerm, last []any, dot any) (v any, err error) {
	if len(terms)+len(last) == 0 {
		return nil, fmt.Errorf("wrong number of args for and or or: want at least 1 got 0")
	}
	for i := range terms {
		if v, err = r.term(&terms[i], dot); err != nil || truth(v) == wanted {
			return v, err
		}
	}
	if last != nil {
		v = last[0]
	}
	return v, nil
}

func (r *templateRun) term(t *templateTerm, dot any) (v any, err error) {
	switch t.kind {
	case 'l':
		return t.value, nil
	case 'f':
		return r.command([]templateTerm{*t}, nil, dot)
	case '(':
		scope := len(r.vars)
		v, err = r.pipeline(t.pipe, dot)
		r.vars = r.vars[:scope]
	case '$':
		for _, known := range slices.Backward(r.vars) {
			if known.name == t.name {
				v = known.value
				break
			}
		}
	default:
		v = dot
	}
	for _, f := range t.fields {
		switch v.(type) {
		case map[string]any, *schema.Object:
			var there bool
			if v, there = schema.Lookup(v, f); !there {
				if r.strict {
					return nil, fmt.Errorf("map has no entry for key %q", f)
				}
				v = absent{}
			}
		case absent:
		case nil:
			return nil, fmt.Errorf("nil pointer evaluating interface {}.%s", f)
		default:
			return nil, fmt.Errorf("can't evaluate field %s in type interface {}", f)
		}
	}
	return schema.Opened(v), err
}

// truth tells whether a value counts as true: not false, zero, empty or missing.
func truth(v any) bool {
	switch v := v.(type) {
	case nil, absent:
		return false
	case bool:
		return v
	case string:
		return v != ""
	case int64:
		return v != 0
	case float64:
		return v < 0 || v > 0
	case []any:
		return len(v) > 0
	case map[string]any:
		return len(v) > 0
	}
	return true
}

// templateText is a value as a template prints it.
func templateText(v any) string {
	switch v.(type) {
	case nil, absent:
		return "<no value>"
	}
	return fmt.Sprint(schema.Plain(v))
}
