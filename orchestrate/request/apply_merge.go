package request

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// merge puts a configuration into a value, which may be changed.
func (g granular) merge(path string, live, config any) any {
	switch c := config.(type) {
	case map[string]any:
		l, ok := live.(map[string]any)
		if !ok || schema.AtomicMap(path) {
			return config
		}
		//order:irrelevant each key is decided by itself
		for k, v := range c {
			l[k] = g.merge(within(path, k), l[k], v)
		}
		return l
	case []any:
		l, ok := live.([]any)
		names, _, _ := g.parts(path, c)
		if !ok || names == nil {
			return config
		}
		return g.mergeLists(path, l, c)
	}
	return config
}

// mergeLists puts the elements of a configuration into a list: those there are stay where they are, new ones come in the
// configuration's order.
func (g granular) mergeLists(path string, live, config []any) []any {
	keys, set := schema.ListKeys(g.res.Kind, path), schema.MergesAsSet(path)
	out := slices.Clone(live)
	at := map[string]int{}
	for i, l := range slices.Backward(out) {
		at[element(l, keys, set)] = i
	}
	for _, c := range config {
		name := element(c, keys, set)
		i, known := at[name]
		if known {
			out[i] = g.merge(path, out[i], c)
			continue
		}
		at[name] = len(out)
		out = append(out, c)
	}
	return out
}

// prune removes from a value the fields that are dropped, but for those that others own.
func (g granular) prune(path string, v any, dropped, others *fieldSet) any {
	names, values, below := g.parts(path, v)
	gone := map[int]bool{}
	for i, name := range names {
		d, o := dropped.part(name), others.part(name)
		switch {
		case d == nil:
		case d.own && o.empty():
			gone[i] = true
		default:
			values[i] = g.prune(below[i], values[i], d, o)
		}
	}
	switch v := v.(type) {
	case map[string]any:
		for i, name := range names {
			if gone[i] {
				delete(v, name[2:])
			} else {
				v[name[2:]] = values[i]
			}
		}
		return v
	case []any:
		if names == nil {
			return v
		}
		out := []any{}
		for i := range v {
			if !gone[i] {
				out = append(out, values[i])
			}
		}
		return out
	}
	return v
}

// conflict is a field that somebody else owns with another value.
type conflict struct {
	with api.ManagedFieldsEntry
	path string
}

// by is the other manager as messages name it.
func (c conflict) by() string {
	s := strconv.Quote(c.with.Manager)
	if c.with.Subresource != "" {
		s += " with subresource " + strconv.Quote(c.with.Subresource)
	}
	if c.with.Operation == "Update" {
		s += " using " + c.with.APIVersion
		if c.with.Time != 0 {
			s += " at " + c.with.Time.String()
		}
	}
	return s
}

// applyConflict is the answer to an apply that contradicts others.
func applyConflict(list []conflict) error {
	message := "Apply failed with 1 conflict: conflict with " + list[0].by() + ": " + list[0].path
	if len(list) > 1 {
		lines := []string{}
		var said []string
		sorting.Stable(list, func(a, b conflict) int { return strings.Compare(a.by(), b.by()) })
		for _, c := range list {
			if !slices.Contains(said, c.by()) {
				said = append(said, c.by())
				lines = append(lines, "conflicts with "+c.by()+":")
			}
			lines = append(lines, "- "+c.path)
		}
		message = "Apply failed with " + strconv.Itoa(len(list)) + " conflicts: " + strings.Join(lines, "\n")
	}
	e := api.Failure(409, api.StatusConflict, message, &api.StatusDetails{})
	for _, c := range list {
		e.Status.Details.Causes = append(e.Status.Details.Causes, api.StatusCause{
			Type: "FieldManagerConflict", Message: "conflict with " + c.by(), Field: c.path,
		})
	}
	return e
}

// tracked gives an update of an object that somebody applied to its owners: who writes owns what changes, and nobody else does.
func (s *Server) tracked(res *schema.Resource, old, obj api.Object, manager, subresource string) []api.ManagedFieldsEntry {
	g := granular{res}
	was, is := owned(schema.Tree(old)), owned(schema.Tree(obj))
	changed := g.changed("", was, is)
	removed := g.fields("", was).without(g.fields("", is))
	owners := readOwners(old.Meta().ManagedFields)
	if manager == "" {
		manager = "unknown"
	}
	found := false
	for i := range owners {
		o := &owners[i]
		o.fields = o.fields.without(removed)
		if o.entry.Manager == manager && o.entry.Operation == "Update" && o.entry.Subresource == subresource {
			found = true
			if !changed.without(o.fields).empty() {
				o.entry.Time = s.now()
			}
			o.fields.add(changed)
			continue
		}
		o.fields = o.fields.without(changed)
	}
	if !found && !changed.empty() {
		owners = append(owners, owner{api.ManagedFieldsEntry{
			Manager: manager, Operation: "Update", APIVersion: res.APIVersion(), Time: s.now(), Subresource: subresource,
		}, changed})
	}
	return writeOwners(owners)
}
