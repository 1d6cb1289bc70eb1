package kubectl

import (
	"maps"
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
	c := completer{env, v, nil}
	for {
		c.before = before
		if len(before) > 0 {
			if s := c.waitsForValue(before[len(before)-1]); s != nil {
				return c.values(s, "", word)
			}
		}
		if c.verb.subs == nil {
			break
		}
		first, rest := splitVerb(before, c.verb.specs())
		if first == "" && !strings.HasPrefix(word, "-") {
			return subCompletions(c.verb, word)
		}
		s := c.verb.sub(first)
		if s == nil {
			break
		}
		c.verb, before = s, rest
	}
	if name, value, ok := strings.Cut(word, "="); ok && strings.HasPrefix(word, "-") {
		if s := c.flag(name); s != nil {
			return c.values(s, name+"=", value)
		}
	}
	if strings.HasPrefix(word, "-") {
		return c.flags(word)
	}
	return c.objects(word)
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
	env    *Env
	verb   *verb
	before []string // the words between the verb and the one to complete
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
	switch {
	case s.name == "namespace":
		words = c.names(schema.ByKind(api.KindNamespace), "")
	case s.name == "filename" && c.env.Files != nil:
		words = c.env.Files.Names()
	case s.name == "for" && c.verb.name == "events":
		c.before = nil
		return c.objects(word)
	case (s.name == "selector" || s.name == "label-columns") && c.verb.name != "expose":
		return c.labels(prefix, word, s.name == "selector")
	}
	return starting(words, prefix, word)
}

// starting are the words that begin with one, each behind a prefix.
func starting(words []string, prefix, word string) []Completion {
	var out []Completion
	for _, w := range words {
		if strings.HasPrefix(w, word) {
			out = append(out, Completion{Text: prefix + w})
		}
	}
	return out
}

// labels offers the keys of the labels that objects of the kind have, and behind a key its values. What stands before the last comma
// is kept.
func (c completer) labels(prefix, word string, values bool) []Completion {
	kind, namespace := "pods", c.env.Namespace
	if words, n := c.words(); len(words) > 0 {
		kind, namespace = words[0], n
	}
	res := schema.Find(strings.Split(kind, "/")[0])
	if res == nil {
		return nil
	}
	objs, err := c.env.Server.List(res, namespace, request.ListOptions{})
	if err != nil {
		return nil
	}
	at := strings.LastIndexByte(word, ',') + 1
	var found []string
	for _, o := range objs {
		for _, k := range slices.Sorted(maps.Keys(o.Meta().Labels)) {
			if strings.Contains(word[at:], "=") {
				k += "=" + o.Meta().Labels[k]
			} else if values {
				k += "="
			}
			if !slices.Contains(found, k) {
				found = append(found, k)
			}
		}
	}
	slices.Sort(found)
	return starting(found, prefix+word[:at], word[at:])
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

// firstNames are the kinds whose names verbs take as their first word.
var firstNames = map[string]api.Kind{
	"logs": api.KindPod, "exec": api.KindPod, "attach": api.KindPod, "port-forward": api.KindPod, "cp": api.KindPod, "top pod": api.KindPod,
	"cordon": api.KindNode, "uncordon": api.KindNode, "drain": api.KindNode, "top node": api.KindNode,
}

// words are those of the command line that are no flags, and the namespace it is about.
func (c completer) words() (words []string, namespace string) {
	namespace = c.env.Namespace
	for i := 0; i < len(c.before); i++ {
		switch word := c.before[i]; {
		case (word == "-n" || word == "--namespace") && i+1 < len(c.before):
			i++
			namespace = c.before[i]
		case word == "-A" || word == "--all-namespaces":
			namespace = ""
		case c.waitsForValue(word) != nil:
			i++
		case !strings.HasPrefix(word, "-"):
			words = append(words, word)
		}
	}
	return words, namespace
}

// objects offers kinds, then the names of a kind; or names at once. label and annotate go on with the keys that there are.
func (c completer) objects(word string) []Completion {
	words, namespace := c.words()
	kind, named := firstNames[c.verb.name]
	head, name, slash := strings.Cut(word, "/")
	switch {
	case slash && (c.verb.types || named || c.verb.name == "events"):
		return starting(c.names(schema.Find(head), namespace), head+"/", name)
	case named && len(words) == 0 || kind == api.KindNode:
		return starting(c.names(schema.ByKind(kind), namespace), "", word)
	case !c.verb.types && c.verb.name != "events":
		return nil
	case c.verb.name == "label" && (len(words) > 1 || len(words) == 1 && strings.Contains(words[0], "/")):
		return c.labels("", word, true)
	case len(words) > 0:
		return starting(c.names(schema.Find(words[0]), namespace), "", word)
	}
	at := strings.LastIndexByte(word, ',') + 1
	var out []Completion
	for _, r := range schema.Resources() {
		if strings.HasPrefix(r.Plural, word[at:]) || strings.HasPrefix(r.Singular, word[at:]) {
			out = append(out, Completion{word[:at] + r.Plural, strings.Join(r.ShortNames, ",")})
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
