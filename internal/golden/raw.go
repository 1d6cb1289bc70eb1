package golden

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// call makes a raw request; body is a text, bytes, or anything that can be written as JSON.
func (w *world) call(method, path, contentType, user string, body any) (any, int) {
	var b []byte
	switch v := body.(type) {
	case nil:
	case []byte:
		b = v
	default:
		var err error
		if b, err = json.Marshal(v); err != nil {
			return nil, 0
		}
	}
	path = w.unalias(path)
	path, query, _ := strings.Cut(path, "?")
	w.cluster.Input(user, method+" "+path)
	answer := w.server.Serve(request.Call{Method: method, Path: path, Query: query, ContentType: contentType, User: user, Body: b})
	var tree any
	if json.Unmarshal(answer.Body, &tree) != nil {
		tree = string(answer.Body)
	}
	return tree, answer.Code
}

// badToken is the user of a request whose credentials nobody knows.
const badToken = "anonymous-bad"

func (w *world) api(st *step) any {
	contentType := st.ContentType
	if contentType == "" {
		contentType = "application/json"
	}
	var body any
	if st.Body != nil {
		body = []byte(w.unalias(string(bodyText(st.Body))))
	}
	user := st.User
	if user == badToken {
		user = request.Anonymous
	}
	tree, code := w.call(st.Method, st.Path, contentType, user, body)
	out := map[string]any{"code": code}
	w.look()
	if code >= 400 {
		w.failure(out, tree)
		return out
	}
	if len(st.Show) > 0 {
		show := map[string]any{}
		for _, path := range st.Show {
			show[path] = w.masked(walk(tree, strings.Split(path, ".")))
		}
		out["show"] = show
	}
	return out
}

// failure writes down a Status.
func (w *world) failure(out map[string]any, tree any) {
	status := map[string]any{}
	for _, k := range []string{"code", "message", "reason", "status"} {
		put(status, k, w.masked(get(tree, k)))
	}
	out["status"] = status
	put(out, "causes", w.masked(get(tree, "details", "causes")))
}

// walk follows a path of keys and indexes.
func walk(v any, path []string) any {
	for _, k := range path {
		if l, ok := v.([]any); ok {
			i, err := strconv.Atoi(k)
			if err != nil || i < 0 || i >= len(l) {
				return nil
			}
			v = l[i]
			continue
		}
		v = get(v, k)
	}
	return v
}

// masked is a tree with its texts masked.
func (w *world) masked(v any) any {
	switch v := v.(type) {
	case string:
		return w.mask(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = w.masked(v[i])
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for k, item := range v {
			out[k] = w.masked(item)
		}
		return out
	}
	return v
}

// evict asks for the eviction of a pod.
func (w *world) evict(st *step) any {
	w.look()
	name := st.Pod
	if real, ok := w.real[name]; ok {
		name = real
	}
	tree, code := w.call("POST", "/api/v1/namespaces/{ns}/pods/"+name+"/eviction", "application/json", st.User, map[string]any{
		"apiVersion": "policy/v1", "kind": "Eviction", "metadata": map[string]any{"name": name, "namespace": space},
	})
	status := map[string]any{}
	for _, k := range []string{"message", "reason", "status"} {
		put(status, k, w.masked(get(tree, k)))
	}
	causes := []any{}
	if c, ok := w.masked(get(tree, "details", "causes")).([]any); ok {
		causes = c
	}
	return map[string]any{"code": code, "status": status, "causes": causes}
}

// createRaw posts one object after the other.
func (w *world) createRaw(st *step) any {
	out := []any{}
	for _, text := range st.Docs {
		docs, err := schema.Decode([]byte(text), "STDIN")
		if err != nil || len(docs) != 1 {
			out = append(out, map[string]any{"code": 0})
			continue
		}
		d := docs[0]
		one := map[string]any{"name": d.Name}
		out = append(out, one)
		if d.Resource == nil {
			one["code"] = 404
			continue
		}
		tree, code := w.call("POST", collection(d.Resource), "application/json", st.User, d.Tree)
		w.look()
		one["code"] = code
		if code >= 400 {
			put(one, "message", w.masked(get(tree, "message")))
			put(one, "reason", get(tree, "reason"))
		}
	}
	return out
}

// collection is the path of a resource in the scenario's namespace.
func collection(r *schema.Resource) string {
	path := "/api/" + r.Version
	if r.Group != "" {
		path = "/apis/" + r.Group + "/" + r.Version
	}
	if r.Namespaced {
		path += "/namespaces/{ns}"
	}
	return path + "/" + r.Plural
}
