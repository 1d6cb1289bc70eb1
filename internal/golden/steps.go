package golden

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// do carries out a step and gives what it returned; nil if the recorder would have written nothing down.
func (w *world) do(st *step) (any, error) {
	switch st.Op {
	case "apply", "create":
		res, err := w.run(w.env("default", st.User, nil), []string{"--namespace", space, st.Op, "-f", st.File})
		if err == nil && res.Code != 0 {
			return map[string]any{"rc": res.Code, "stdout": w.text(st, res.Stdout), "stderr": w.text(st, res.Stderr)}, nil
		}
		return nil, err
	case "kubectl", "createtext":
		return w.kubectl(st)
	case "api":
		return w.api(st), nil
	case "evict":
		return w.evict(st), nil
	case "createraw":
		return w.createRaw(st), nil
	case "twoowners":
		return w.twoOwners(), nil
	case "ready", "run", "unready", "succeed", "fail", "killpod":
		return w.hand(st)
	case "drive":
		return w.drive(st)
	case "node":
		return nil, w.nodeStep(st)
	case "wait":
		return nil, w.pass(st.Seconds)
	case "waitfor":
		return w.waitFor(st)
	case "cronwait":
		return nil, w.cronWait(st)
	case "observe":
		return nil, nil
	}
	return nil, fmt.Errorf("what is the op %q?", st.Op)
}

// after is how long nothing may change before the step is over.
func (w *world) after(st *step) time.Duration {
	if st.Settle != nil {
		return time.Duration(*st.Settle * float64(time.Second))
	}
	return w.settled
}

// text is something a command printed as the recording has it.
func (w *world) text(st *step, s string) string {
	w.look()
	s = withoutOwn(w.mask(s))
	if st.Sort {
		s = sortLines(s)
	}
	return s
}

// withoutOwn drops the lines that our kubectl adds to what kubectl says: where a mistake stands, and what was meant. They are
// a listed difference, and docs/differences.md names their test.
func withoutOwn(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		if !strings.HasPrefix(line, "  at ") && (!strings.HasPrefix(line, "Did you mean ") || strings.HasPrefix(line, "Did you mean this?")) {
			b.WriteString(line)
		}
	}
	return b.String()
}

func (w *world) kubectl(st *step) (any, error) {
	args, stdin := st.Args, []byte(nil)
	if st.Op == "createtext" {
		args, stdin = []string{"create", "-f", "-"}, []byte(st.Text)
	}
	var words []string
	if !st.NoNamespace {
		words = []string{"--namespace", space}
	}
	for _, a := range args {
		words = append(words, w.unalias(a))
	}
	res, err := w.run(w.env("default", st.User, stdin), words)
	if err != nil || st.Record != nil && !*st.Record {
		return nil, err
	}
	return map[string]any{"rc": res.Code, "stdout": w.text(st, res.Stdout), "stderr": w.text(st, res.Stderr)}, nil
}

// twoOwners creates ConfigMap child, owned by o1 and o2.
func (w *world) twoOwners() any {
	var owners []any
	for _, name := range []string{"o1", "o2"} {
		o, err := w.server.Get(schema.Find("configmaps"), space, name)
		if err != nil {
			return map[string]any{"code": statusOf(err).Code}
		}
		owners = append(owners, map[string]any{"apiVersion": "v1", "kind": "ConfigMap", "name": name, "uid": string(o.Meta().UID)})
	}
	_, code := w.call("POST", "/api/v1/namespaces/{ns}/configmaps", "application/json", "", map[string]any{
		"apiVersion": "v1", "kind": "ConfigMap", "metadata": map[string]any{"name": "child", "ownerReferences": owners},
	})
	return map[string]any{"code": code}
}

func statusOf(err error) *api.Status {
	if e, ok := err.(*api.StatusError); ok {
		return &e.Status
	}
	return &api.Status{Code: 500, Message: err.Error()}
}

// waitFor lets time pass until some parts of the state match.
func (w *world) waitFor(st *step) (any, error) {
	wanted, err := regexp.Compile(st.Regex)
	if err != nil {
		return nil, err
	}
	for end := w.cluster.Now() + time.Duration(st.Timeout*float64(time.Second)); w.cluster.Now() <= end; {
		w.look()
		parts := map[string]any{}
		for _, k := range st.Kinds {
			parts[k] = w.state(k)
		}
		if wanted.MatchString(pythonJSON(parts)) {
			return map[string]any{"met": true}, nil
		}
		if err := w.cluster.Advance(200 * time.Millisecond); err != nil {
			return nil, err
		}
	}
	return map[string]any{"met": false}, nil
}

// pythonJSON is JSON with a space behind : and , as the recorder, a Python program, matched it.
func pythonJSON(v any) string {
	switch v := plain(v).(type) {
	case map[string]any:
		out := "{"
		for i, k := range sortedKeys(v) {
			if i > 0 {
				out += ", "
			}
			out += canonical(k) + ": " + pythonJSON(v[k])
		}
		return out + "}"
	case []any:
		out := "["
		for i, item := range v {
			if i > 0 {
				out += ", "
			}
			out += pythonJSON(item)
		}
		return out + "]"
	default:
		return canonical(v)
	}
}

// cronWait lets time pass until nine seconds past the next minute, a few times.
func (w *world) cronWait(st *step) error {
	for range max(st.Minutes, 1) {
		over := int64(w.now()) % 60
		if err := w.cluster.Advance(time.Duration(60-over+9) * time.Second); err != nil {
			return err
		}
	}
	return nil
}

// nodeStep does to a machine what the step says.
func (w *world) nodeStep(st *step) error {
	res := schema.ByKind(api.KindNode)
	o := request.WriteOptions{}
	name := st.Name
	switch st.Action {
	case "add":
		spec := nodeSpec{Name: name}
		if st.Node != nil {
			spec = *st.Node
		}
		if spec.Name == "" {
			spec.Name = name
		}
		_, err := w.server.Create(res, "", spec.object(w.now()), o)
		return err
	case "delete":
		_, err := w.server.Delete(res, "", name, request.DeleteOptions{})
		return err
	}
	is := map[string]api.NodeCondition{
		"notready":   readiness(api.ConditionFalse, "KubeletNotReady", w.now()),
		"unknown":    readiness(api.ConditionUnknown, "NodeStatusUnknown", w.now()),
		"readyagain": readiness(api.ConditionTrue, "KubeletReady", w.now()),
	}
	c, ok := is[st.Action]
	if !ok {
		return fmt.Errorf("what is the action %q?", st.Action)
	}
	found, err := w.server.Get(res, "", name)
	if err != nil {
		return err
	}
	node, _ := api.DeepCopy(found).(*api.Node)
	for i := range node.Status.Conditions {
		if node.Status.Conditions[i].Type == api.NodeReady {
			node.Status.Conditions[i] = c
		}
	}
	_, err = w.server.UpdateStatus(res, "", name, node, o)
	return err
}

// bodyText is the body of a raw request as it is sent.
func bodyText(raw json.RawMessage) []byte {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return []byte(s)
	}
	return raw
}
