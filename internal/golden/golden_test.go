package golden

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestEqualTemplatesKeepEqualHashes: a hash is masked, but not what it says about two ReplicaSets.
func TestEqualTemplatesKeepEqualHashes(t *testing.T) {
	hashes := func(a, b string) any {
		return map[string]any{"x": map[string]any{"podTemplateHash": a}, "y": map[string]any{"podTemplateHash": b}}
	}
	for _, test := range []struct {
		name      string
		want, got any
		same      bool
	}{
		{"other hashes of different templates", hashes("h1", "h2"), hashes("k1", "k2"), true},
		{"other hashes of equal templates", hashes("h1", "h1"), hashes("k1", "k1"), true},
		{"different became equal", hashes("h1", "h2"), hashes("k1", "k1"), false},
		{"equal became different", hashes("h1", "h1"), hashes("k1", "k2"), false},
	} {
		c := newComparer()
		c.equal("", test.want, test.got)
		require.Equal(t, test.same, len(c.diffs) == 0, "%s: %v", test.name, c.diffs)
	}
}

func TestCompare(t *testing.T) {
	m := func(kv ...any) map[string]any {
		out := map[string]any{}
		for i := 0; i < len(kv); i += 2 {
			out[kv[i].(string)] = kv[i+1]
		}
		return out
	}
	for _, test := range []struct {
		name      string
		want, got any
		same      bool
	}{
		{"equal", m("a", 1.0), m("a", 1.0), true},
		{"another value", m("a", 1.0), m("a", 2.0), false},
		{"one key more", m("a", 1.0), m("a", 1.0, "b", 2.0), false},
		{"one key less", m("a", 1.0, "b", 2.0), m("a", 1.0), false},
		{"null is the same as nothing", m("a", nil), m(), true},
		{"either of two", m("oneOf", []any{1.0, 2.0}), 2.0, true},
		{"neither of two", m("oneOf", []any{1.0, 2.0}), 3.0, false},
		{"groups come in any order", []any{m("count", 1.0, "p", "a"), m("count", 2.0, "p", "b")}, []any{m("count", 2.0, "p", "b"), m("count", 1.0, "p", "a")}, true},
		{"groups differ in number", []any{m("count", 1.0, "p", "a")}, []any{m("count", 2.0, "p", "a")}, false},
		{"order of other lists counts", []any{1.0, 2.0}, []any{2.0, 1.0}, false},
	} {
		c := newComparer()
		c.equal("", test.want, test.got)
		require.Equal(t, test.same, len(c.diffs) == 0, "%s: %v", test.name, c.diffs)
	}
}

// TestTraceIsAPartialOrder: only lines that are linked by cause must keep their order.
func TestTraceIsAPartialOrder(t *testing.T) {
	w := &world{names: newNames()}
	for alias, kind := range map[string]string{
		"web": "Deployment", "web-rs1": "ReplicaSet", "web-rs2": "ReplicaSet", "web-rs1-p1": "Pod", "web-rs1-p2": "Pod", "db-0": "Pod", "db-1": "Pod",
	} {
		w.kind[alias] = kind
	}
	for _, test := range []struct{ name, want, got, diff string }{
		{"equal", "scale web-rs1 2->1;scale web-rs2 0->1", "scale web-rs1 2->1;scale web-rs2 0->1", ""},
		{"one rollout is one order", "scale web-rs1 2->1;scale web-rs2 0->1", "scale web-rs2 0->1;scale web-rs1 2->1", "the other way round"},
		{"two pods of a ReplicaSet are not linked", "ready web-rs1-p1;ready web-rs1-p2", "ready web-rs1-p2;ready web-rs1-p1", ""},
		{"a pod after its owner", "+replicaset web-rs1 replicas=1;+pod web-rs1-p1", "+pod web-rs1-p1;+replicaset web-rs1 replicas=1", "the other way round"},
		{"a StatefulSet goes one by one", "ready db-0;+pod db-1", "+pod db-1;ready db-0", "the other way round"},
		{"a line is missing", "ready db-0;ready db-1", "ready db-0", "ready db-1"},
		{"a line too many", "ready db-0", "ready db-0;ready db-1", "ready db-1"},
		{"a class that is never recorded", "ready db-0", "ready db-0;bind db-0 n1", ""},
	} {
		c := newComparer()
		want := strings.Split(test.want, ";")
		var got []traceLine
		for line := range strings.SplitSeq(test.got, ";") {
			got = append(got, traceLine{line, w.class(line)})
		}
		w.traces(c, w.classes([]expected{{Trace: want}}), want, got)
		if test.diff == "" {
			require.Empty(t, c.diffs, test.name)
			continue
		}
		require.Contains(t, strings.Join(c.diffs, "\n"), test.diff, test.name)
	}
}
