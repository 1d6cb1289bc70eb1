package kubectl

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// describeFields is what kubectl describe says about a kind without a page of its own, such as Event: all its fields.
func describeFields(d *description, o api.Object, events []*api.Event) {
	m := o.Meta()
	d.line(0, "Name:\t%s", m.Name)
	d.line(0, "Namespace:\t%s", m.Namespace)
	d.labels("Labels", m.Labels)
	d.annotations(m.Annotations)
	d.tree(0, schema.Tree(o), "")
	d.events(events)
}

// saidBefore are the fields that stand above the others.
var saidBefore = []string{".metadata.managedFields", ".metadata.name", ".metadata.namespace", ".metadata.labels", ".metadata.annotations"}

// tree writes the fields of an object, sorted by name; path is where it stands.
func (d *description) tree(level int, tree map[string]any, path string) {
	for _, name := range slices.Sorted(maps.Keys(tree)) {
		at := path + "." + name
		if slices.Contains(saidBefore, at) {
			continue
		}
		switch v := tree[name].(type) {
		case map[string]any:
			d.line(level, "%s:", fieldTitle(name))
			d.tree(level+1, v, at)
		case []any:
			d.line(level, "%s:", fieldTitle(name))
			for _, item := range v {
				if child, ok := item.(map[string]any); ok {
					d.tree(level+1, child, at)
				} else {
					d.line(level+1, "%v", item)
				}
			}
		default:
			d.line(level, "%s:\t%v", fieldTitle(name), v)
		}
	}
}

// fieldTitle is a field's name in words: creationTimestamp becomes Creation Timestamp.
func fieldTitle(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		return name
	}
	parts := camelWords(name)
	for i, p := range parts {
		switch upper := strings.ToUpper(p); {
		case slices.Contains([]string{"API", "URL", "UID", "GUID"}, upper):
			parts[i] = upper
		case strings.ToLower(p) == p:
			parts[i] = upper[:1] + p[1:]
		}
	}
	return strings.Join(parts, " ")
}

// camelWords splits where a small letter meets a capital one, and before the last capital of several.
func camelWords(s string) []string {
	runes := []rune(s)
	var parts []string
	start := 0
	for i := 1; i < len(runes); i++ {
		up, before := unicode.IsUpper(runes[i]), unicode.IsUpper(runes[i-1])
		if up && !before || up && before && i+1 < len(runes) && unicode.IsLower(runes[i+1]) {
			parts = append(parts, string(runes[start:i]))
			start = i
		}
	}
	return append(parts, string(runes[start:]))
}
