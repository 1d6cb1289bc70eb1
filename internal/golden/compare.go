package golden

import (
	"fmt"
	"slices"
	"strings"
)

// comparer compares what was recorded with what happened, and writes down what differs.
type comparer struct {
	// there and here pair the hashes of pod templates: equal ones must stay equal, different ones different.
	there, here map[string]string
	diffs       []string
}

func newComparer() *comparer { return &comparer{there: map[string]string{}, here: map[string]string{}} }

// equal compares two trees and notes every place where they differ.
func (c *comparer) equal(path string, want, got any) {
	if alternatives, ok := oneOf(want); ok {
		c.anyOf(path, alternatives, got)
		return
	}
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			c.differ(path, want, got)
			return
		}
		c.maps(path, w, g)
	case []any:
		g, ok := got.([]any)
		if !ok {
			c.differ(path, want, got)
			return
		}
		if groups(w) || groups(g) {
			c.sets(path, w, g)
			return
		}
		if len(w) != len(g) {
			c.differ(path, want, got)
			return
		}
		for i := range w {
			c.equal(fmt.Sprintf("%s[%d]", path, i), w[i], g[i])
		}
	case string:
		g, ok := got.(string)
		switch {
		case strings.HasSuffix(path, ".podTemplateHash") && ok:
			c.hash(path, w, g)
		case !ok || hashText.ReplaceAllString(w, "$1<hash>") != hashText.ReplaceAllString(g, "$1<hash>"):
			c.differ(path, want, got)
		}
	default:
		if want != got {
			c.differ(path, want, got)
		}
	}
}

func (c *comparer) maps(path string, want, got map[string]any) {
	for _, k := range sortedKeys(want) {
		g, ok := got[k]
		if !ok && want[k] != nil {
			c.differ(path+"."+k, want[k], absent{})
			continue
		}
		c.equal(path+"."+k, want[k], g)
	}
	for _, k := range sortedKeys(got) {
		if _, ok := want[k]; !ok && got[k] != nil {
			c.differ(path+"."+k, absent{}, got[k])
		}
	}
}

// absent stands for a value that is not there.
type absent struct{}

// groups tells whether a list is one of pods that are counted: their order means nothing.
func groups(l []any) bool {
	return len(l) > 0 && get(l[0], "count") != nil
}

// sets compares lists whose order means nothing.
func (c *comparer) sets(path string, want, got []any) {
	var left []any
	for _, g := range got {
		i := slices.IndexFunc(want, func(w any) bool { return c.try(path, w, g) })
		if i < 0 {
			left = append(left, g)
			continue
		}
		want = slices.Delete(slices.Clone(want), i, i+1)
	}
	for _, w := range want {
		c.differ(path+"[]", w, absent{})
	}
	for _, g := range left {
		c.differ(path+"[]", absent{}, g)
	}
}

// try tells whether two values are equal without noting anything.
func (c *comparer) try(path string, want, got any) bool {
	before := len(c.diffs)
	c.equal(path, want, got)
	equal := len(c.diffs) == before
	c.diffs = c.diffs[:before]
	return equal
}

// oneOf are the alternatives where recordings differed.
func oneOf(v any) ([]any, bool) {
	m, ok := v.(map[string]any)
	if !ok || len(m) != 1 {
		return nil, false
	}
	l, ok := m["oneOf"].([]any)
	return l, ok
}

func (c *comparer) anyOf(path string, alternatives []any, got any) {
	for _, a := range alternatives {
		if strings.HasPrefix(text(a), "varies") || c.try(path, a, got) {
			return
		}
	}
	c.differ(path, map[string]any{"oneOf": alternatives}, got)
}

// hash pairs two hashes of the same template.
func (c *comparer) hash(path, want, got string) {
	there, known := c.there[want]
	here, seen := c.here[got]
	if known && there != got || seen && here != want {
		c.differ(path+" (equal templates must have equal hashes)", want, got)
		return
	}
	c.there[want], c.here[got] = got, want
}

func (c *comparer) differ(path string, want, got any) {
	c.diffs = append(c.diffs, strings.TrimPrefix(path, ".")+"\n      - "+show(want)+"\n      + "+show(got))
}

func show(v any) string {
	switch v := v.(type) {
	case absent:
		return "(absent)"
	case string:
		return fmt.Sprintf("%q", v)
	}
	return canonical(v)
}
