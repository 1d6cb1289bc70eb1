package golden

import (
	"slices"
	"strings"
)

// traces compares the lines of a step: the same lines, and those that are linked by cause in the same order. Lines of classes
// that the recording never has were not recorded.
func (w *world) traces(c *comparer, recorded map[string]bool, want []string, got []traceLine) {
	var is []string
	for _, l := range got {
		if recorded[l.class] {
			is = append(is, l.text)
		}
	}
	left := slices.Clone(want)
	var extra []string
	at := map[int]int{} // where the i-th of want is in is
	for i, text := range is {
		j := slices.IndexFunc(left, func(l string) bool { return l == text })
		if j < 0 {
			extra = append(extra, text)
			continue
		}
		left[j] = "\x00" // taken
		at[j] = i
	}
	for j, text := range left {
		if text != "\x00" {
			c.differ("trace", text, absent{})
			delete(at, j)
		}
	}
	for _, text := range extra {
		c.differ("trace", absent{}, text)
	}
	for i := range want {
		for j := i + 1; j < len(want); j++ {
			a, both := at[i]
			b, there := at[j]
			if both && there && a > b && w.linked(want[i], want[j]) {
				c.differ("trace", want[i]+"  before  "+want[j], "the other way round")
			}
		}
	}
}

// class is the class of a recorded line.
func (w *world) class(line string) string {
	f := strings.Fields(line)
	switch {
	case len(f) < 2:
		return line
	case strings.HasPrefix(line, "+"):
		if f[0] == "+pod" {
			return "+"
		}
		return "+ " + f[0][1:]
	case f[0] == "scale":
		return "scale " + strings.ToLower(w.kind[f[1]])
	case (f[0] == "deleting" || f[0] == "gone") && len(f) == 3:
		return f[0] + " " + f[1]
	}
	return f[0]
}

// classes are those a scenario's recording has.
func (w *world) classes(steps []expected) map[string]bool {
	out := map[string]bool{}
	for _, s := range steps {
		for _, line := range s.Trace {
			out[w.class(line)] = true
		}
	}
	for _, kind := range []string{"replicaset", "deployment", "statefulset"} {
		if out["+ "+kind] {
			out["scale "+kind], out["deleting "+kind], out["gone "+kind] = true, true, true
		}
	}
	return out
}

// subject is what a line is about.
func subject(line string) string {
	f := strings.Fields(line)
	if (strings.HasPrefix(line, "+") || f[0] == "deleting" || f[0] == "gone") && len(f) > 2 && !strings.Contains(f[2], "=") {
		return f[2]
	}
	if len(f) > 1 {
		return f[1]
	}
	return line
}

// family is the workload a ReplicaSet or a pod of a recording belongs to.
func family(alias string) string {
	for _, mark := range []string{"-rs", "-p"} {
		if i := strings.LastIndex(alias, mark); i > 0 && strings.Trim(alias[i+len(mark):], "0123456789") == "" && i+len(mark) < len(alias) {
			return alias[:i]
		}
	}
	return alias
}

// linked tells whether one of two lines is a cause of the other, or both are steps of one loop over one workload. Lines
// about two pods of a ReplicaSet are not: which comes first is chance. The pods of a StatefulSet go one by one.
func (w *world) linked(a, b string) bool {
	x, y := subject(a), subject(b)
	if x == y {
		return true
	}
	pods := func(s string) bool { return w.kind[s] == "Pod" }
	switch {
	case pods(x) && pods(y):
		return ordinal(x) != "" && ordinal(x) == ordinal(y)
	case pods(x) || pods(y):
		// A pod comes after its owner, and is released before its owner is gone.
		created := strings.HasPrefix(a, "+") && strings.HasPrefix(b, "+")
		released := strings.HasPrefix(a, "owner") && strings.HasPrefix(b, "gone") || strings.HasPrefix(a, "deleting") && strings.HasPrefix(b, "owner")
		return (created || released) && (family(x) == y || family(y) == x || released)
	}
	root := func(s string) string { return family(s) }
	return root(x) == root(y)
}

// ordinal is the StatefulSet of a pod such as db-0; "" for other pods.
func ordinal(alias string) string {
	i := strings.LastIndexByte(alias, '-')
	if i <= 0 || strings.Trim(alias[i+1:], "0123456789") != "" {
		return ""
	}
	return alias[:i]
}

func (w *world) compareStep(c *comparer, recorded map[string]bool, want *expected, result any, state map[string]any) {
	if want.Result != nil || result != nil {
		c.result(plain(want.Result), plain(result))
	}
	for _, part := range sortedKeys(want.State) {
		c.equal("state."+part, want.State[part], plain(state[part]))
	}
	if want.Trace != nil {
		w.traces(c, recorded, want.Trace, w.seen.trace)
	}
	have := w.seen.counts()
	for _, which := range sortedKeysOf(want.PodCounts) {
		c.equal("podCounts."+which, plain(want.PodCounts[which]), plain(have[which]))
	}
}

func sortedKeysOf(m map[string]map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// result compares what a step returned. Where the recording has only the number of pods, only that is compared.
func (c *comparer) result(want, got any) {
	if n, ok := get(want, "pods").(float64); ok {
		got = map[string]any{"pods": float64(len(list(get(got, "pods"))))}
		want = map[string]any{"pods": n}
	}
	if want == nil {
		c.differ("result", "(nothing recorded)", got)
		return
	}
	c.equal("result", want, got)
}
