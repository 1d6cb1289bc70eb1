package kubectl

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// Complete offers what the last of the words could become. The first word is kubectl (or why). The result is in the order in
// which it is shown: verbs as in the help, everything else sorted.
func Complete(env *Env, words []string) []Completion {
	if len(words) < 2 {
		return nil
	}
	word, before := words[len(words)-1], words[1:len(words)-1]
	v := whyVerb()
	if words[0] != "why" {
		name, rest := splitVerb(before, (&verb{}).specs())
		if name == "" {
			return verbCompletions(word)
		}
		i := slices.IndexFunc(verbs(), func(v *verb) bool { return v.name == name })
		if i < 0 {
			return nil
		}
		v, before = verbs()[i], rest
	}
	c := completer{env, v}
	if v.subs != nil {
		if word, rest := splitVerb(before, v.specs()); word == "" && !strings.HasPrefix(words[len(words)-1], "-") {
			return subCompletions(v, words[len(words)-1])
		} else if s := v.sub(word); s != nil {
			c.verb, before = s, rest
		}
	}
	if len(before) > 0 {
		if s := c.waitsForValue(before[len(before)-1]); s != nil {
			return c.values(s, "", word)
		}
	}
	if name, value, ok := strings.Cut(word, "="); ok && strings.HasPrefix(word, "-") {
		if s := c.flag(name); s != nil {
			return c.values(s, name+"=", value)
		}
	}
	if strings.HasPrefix(word, "-") {
		return c.flags(word)
	}
	return c.objects(before, word)
}

func verbCompletions(word string) []Completion {
	var out []Completion
	for _, v := range verbs() {
		if strings.HasPrefix(v.name, word) {
			out = append(out, Completion{v.name, v.short})
		}
	}
	return out
}

// subCompletions are the verbs behind a verb.
func subCompletions(v *verb, word string) []Completion {
	var out []Completion
	for _, s := range v.subs() {
		if strings.HasPrefix(s.word(), word) {
			out = append(out, Completion{s.word(), s.short})
		}
	}
	return out
}

type completer struct {
	env  *Env
	verb *verb
}

func (c completer) flag(word string) *flagSpec {
	specs := c.verb.specs()
	for i, s := range specs {
		if word == "--"+s.name || s.short != 0 && word == "-"+string(s.short) {
			return &specs[i]
		}
	}
	return nil
}

// waitsForValue is the flag whose value comes next; nil if the word is none.
func (c completer) waitsForValue(word string) *flagSpec {
	if s := c.flag(word); s != nil && s.takesValue() {
		return s
	}
	return nil
}

func (c completer) values(s *flagSpec, prefix, word string) []Completion {
	words := s.values
	if s.name == "namespace" {
		words = c.names(schema.ByKind(api.KindNamespace), "")
	}
	var out []Completion
	for _, w := range words {
		if strings.HasPrefix(w, word) {
			out = append(out, Completion{Text: prefix + w})
		}
	}
	return out
}

func (c completer) flags(word string) []Completion {
	var out []Completion
	for _, s := range c.verb.specs() {
		if s.later {
			continue
		}
		text := "--" + s.name
		if s.takesValue() {
			text += "="
		}
		if strings.HasPrefix(text, word) {
			out = append(out, Completion{text, s.help})
		}
	}
	sorting.Func(out, func(a, b Completion) int { return strings.Compare(a.Text, b.Text) })
	return out
}

// objects offers kinds, then the names of a kind.
func (c completer) objects(before []string, word string) []Completion {
	if !c.verb.types {
		return nil
	}
	namespace := c.env.Namespace
	var words []string
	for i := 0; i < len(before); i++ {
		switch {
		case (before[i] == "-n" || before[i] == "--namespace") && i+1 < len(before):
			i++
			namespace = before[i]
		case c.waitsForValue(before[i]) != nil:
			i++
		case !strings.HasPrefix(before[i], "-"):
			words = append(words, before[i])
		}
	}
	if kind, name, ok := strings.Cut(word, "/"); ok {
		return c.matching(schema.Find(kind), namespace, kind+"/", name)
	}
	if len(words) > 0 {
		return c.matching(schema.Find(words[0]), namespace, "", word)
	}
	var out []Completion
	for _, r := range schema.Resources() {
		if strings.HasPrefix(r.Plural, word) || strings.HasPrefix(r.Singular, word) {
			out = append(out, Completion{r.Plural, strings.Join(r.ShortNames, ",")})
		}
	}
	return out
}

func (c completer) matching(res *schema.Resource, namespace, prefix, word string) []Completion {
	var out []Completion
	for _, n := range c.names(res, namespace) {
		if strings.HasPrefix(n, word) {
			out = append(out, Completion{Text: prefix + n})
		}
	}
	return out
}

// names are those of the objects of a kind; none if the kind is nil.
func (c completer) names(res *schema.Resource, namespace string) []string {
	if res == nil {
		return nil
	}
	objs, err := c.env.Server.List(res, namespace, request.ListOptions{})
	if err != nil {
		return nil
	}
	var out []string
	for _, o := range objs {
		out = append(out, o.Meta().Name)
	}
	return out
}
