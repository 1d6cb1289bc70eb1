package playground

import (
	"slices"
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// compare prints what is different between two moments: objects that came (+), went (-) and changed (~), and of those the
// fields. With one moment the other is now, and without any, while
// the past is on show, the first is that.
func compare(s *Session, in shell.Invocation) shell.Result {
	usage := shell.Result{Stderr: "compare: which moments? compare 02:00:05, or compare 02:00:05 02:01:00\n", Code: 1}
	if len(in.Args) > 3 || len(in.Args) < 2 && !s.looking {
		return usage
	}
	at := [2]time.Duration{s.look, s.cluster.Now()}
	for i, text := range in.Args[1:] {
		moment, ok := s.moment(text)
		if !ok {
			return usage
		}
		at[i] = min(moment, s.cluster.Now())
	}
	out := ""
	before, after := s.objectsAt(at[0]), s.objectsAt(at[1])
	for _, key := range keysOfBoth(before, after) {
		out += difference(key, before[key], after[key])
	}
	if out == "" {
		out = "nothing is different between " + s.clock(at[0]) + " and " + s.clock(at[1]) + "\n"
	}
	return shell.Result{Stdout: out}
}

// objectsAt are the objects of a moment by kind and name. What only reports on others, Events and Leases, is left out.
func (s *Session) objectsAt(at time.Duration) map[string]api.Object {
	all := map[string]api.Object{}
	sn, err := s.cluster.At(s.cluster.RevisionAt(at))
	if err != nil {
		return all
	}
	for _, res := range schema.Resources() {
		if res.Kind == api.KindEvent || res.Kind == api.KindLease {
			continue
		}
		for _, o := range sn.List(res.Kind) {
			m := o.Meta()
			key := res.Singular + "/" + m.Name
			if m.Namespace != "" && m.Namespace != "default" {
				key += " in " + m.Namespace
			}
			all[key] = o
		}
	}
	return all
}

// maxFields is how many changed fields of one object are shown.
const maxFields = 8

func difference(key string, before, after api.Object) string {
	switch {
	case before == nil:
		return "+ " + key + "\n"
	case after == nil:
		return "- " + key + "\n"
	case before == after:
		return ""
	}
	if before.Meta().UID != after.Meta().UID {
		return "~ " + key + " (another one by the same name)\n"
	}
	var fields []string
	appendFields(&fields, "", schema.Tree(before), schema.Tree(after))
	if len(fields) == 0 {
		return ""
	}
	out := "~ " + key + "\n"
	for i, f := range fields {
		if i == maxFields {
			return out + "    and " + strconv.Itoa(len(fields)-i) + " more fields\n"
		}
		out += "    " + f + "\n"
	}
	return out
}

// appendFields adds a line for each field that differs. Lists are compared item by item.
func appendFields(out *[]string, path string, a, b any) {
	switch a := a.(type) {
	case map[string]any:
		if b, ok := b.(map[string]any); ok {
			for _, key := range keysOfBoth(a, b) {
				if path == "metadata" && (key == "resourceVersion" || key == "managedFields") {
					continue
				}
				appendFields(out, join(path, key), a[key], b[key])
			}
			return
		}
	case []any:
		if b, ok := b.([]any); ok {
			for i := range max(len(a), len(b)) {
				appendFields(out, path+"["+strconv.Itoa(i)+"]", item(a, i), item(b, i))
			}
			return
		}
	}
	if before, after := word(a), word(b); before != after {
		*out = append(*out, path+": "+before+" -> "+after)
	}
}

// keysOfBoth are the keys of two maps, each once, sorted.
func keysOfBoth[V any](a, b map[string]V) []string {
	return slices.Compact(slices.Sorted(func(yield func(string) bool) {
		//order:irrelevant they are sorted
		for key := range a {
			if !yield(key) {
				return
			}
		}
		//order:irrelevant they are sorted
		for key := range b {
			if !yield(key) {
				return
			}
		}
	}))
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func item(list []any, i int) any {
	if i < len(list) {
		return list[i]
	}
	return nil
}

// word is a value in a few characters.
func word(v any) string {
	switch v := v.(type) {
	case nil:
		return "none"
	case string:
		return strconv.Quote(v)
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case []any:
		return strconv.Itoa(len(v)) + " items"
	case map[string]any:
		return "{" + strconv.Itoa(len(v)) + " fields}"
	}
	return "something else"
}
