package golden

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

var noOptions request.ListOptions

// selectors compares what kubectl and the server find by each selector, or say is wrong with it.
func (s *special) selectors(cases map[string]any) {
	w, err := s.world("input.yaml")
	for _, kind := range sortedKeys(cases) {
		flag := map[string]string{"labelSelector": "--selector", "fieldSelector": "--field-selector"}[kind]
		for i, item := range list(cases[kind]) {
			selector := text(get(item, "selector"))
			s.judge(kind+" "+strconv.Itoa(i+1)+" "+strconv.Quote(selector), nil, func(c *comparer) {
				if err != nil {
					c.diffs = append(c.diffs, err.Error())
					return
				}
				c.equal("kubectl", get(item, "kubectl"), plain(w.selectedByKubectl(flag, selector)))
				c.equal("api", get(item, "api"), plain(w.selectedByServer(kind, selector)))
			})
		}
	}
}

func (w *world) selectedByKubectl(flag, selector string) any {
	result, err := w.kubectl(&step{Op: "kubectl", Args: []string{"get", "pods", flag + "=" + selector, "-o", "name"}})
	if err != nil {
		return err.Error()
	}
	if rc, _ := get(result, "rc").(int); rc != 0 {
		return map[string]any{"rc": rc, "stderr": get(result, "stderr")}
	}
	found := []any{}
	for line := range strings.Lines(text(get(result, "stdout"))) {
		found = append(found, strings.TrimPrefix(strings.TrimSpace(line), "pod/"))
	}
	return found
}

func (w *world) selectedByServer(kind, selector string) any {
	tree, code := w.call("GET", "/api/v1/namespaces/{ns}/pods?"+kind+"="+escape(selector), "", "", nil)
	if code >= 400 {
		return map[string]any{"code": code, "reason": get(tree, "reason"), "message": get(tree, "message")}
	}
	found := []string{}
	for _, p := range list(get(tree, "items")) {
		found = append(found, text(get(p, "metadata", "name")))
	}
	slices.Sort(found)
	return found
}

// escape is a text as a value in a query.
func escape(s string) string {
	var b strings.Builder
	for i := range len(s) {
		const digits = "0123456789ABCDEF"
		b.WriteByte('%')
		b.WriteByte(digits[s[i]>>4])
		b.WriteByte(digits[s[i]&15])
	}
	return b.String()
}

// validation compares what kubectl apply and the server say to each manifest, each in a world of its own.
func (s *special) validation(cases map[string]any) {
	for _, name := range sortedKeys(cases) {
		first, source := s.manifest(name)
		s.judge(name, missingKinds(append(slices.Clone(first), source...)), func(c *comparer) { s.validate(c, cases[name], first, source) })
	}
}

// manifest is the manifest of a case, and the one that is applied before it.
func (s *special) manifest(name string) (first, source []byte) {
	read := func(file string) []byte {
		b, err := os.ReadFile(filepath.Join(s.dir, file))
		if err != nil {
			return nil
		}
		return b
	}
	if b := read(name + ".2.yaml"); b != nil {
		return read(name + ".1.yaml"), b
	}
	for _, file := range []string{name + ".yaml", strings.TrimSuffix(name, "-yaml") + ".yaml"} {
		if b := read(file); b != nil {
			return nil, b
		}
	}
	// The name of a case may be that of its file with a dash for the point: tabs.yaml, tabs-yaml.
	return nil, read(name)
}

func (s *special) validate(c *comparer, want any, first, source []byte) {
	if source == nil {
		c.diffs = append(c.diffs, "there is no manifest")
		return
	}
	apply := []string{"--namespace", space, "apply", "-f", "-"}
	w, err := s.world()
	if err == nil && first != nil {
		if _, err = w.run(w.env("default", "", first), apply); err == nil {
			err = w.settle(w.settled)
		}
	}
	if err != nil {
		c.diffs = append(c.diffs, err.Error())
		return
	}
	if k := get(want, "kubectl"); k != nil {
		res, err := w.run(w.env("default", "", source), apply)
		if err != nil {
			c.diffs = append(c.diffs, err.Error())
		}
		c.equal("kubectl.rc", get(k, "rc"), float64(res.Code))
		for _, stream := range []struct{ name, text string }{{"stderr", res.Stderr}, {"stdout", res.Stdout}} {
			recorded, ok := get(k, stream.name).(string)
			got := w.text(&step{}, stream.text)
			if ok && !like(recorded, got) {
				c.differ("kubectl."+stream.name, recorded, got)
			}
		}
	}
	if a := get(want, "api"); a != nil {
		s.validateRaw(c, a, source)
	}
}

// validateRaw posts the manifest to a new world. It is a dry run: the recorder posted and applied the same manifest to one
// server, and neither was told that it exists.
func (s *special) validateRaw(c *comparer, want any, source []byte) {
	w, err := s.world()
	if err != nil {
		c.diffs = append(c.diffs, err.Error())
		return
	}
	docs, err := schema.Decode(source, "body")
	if err != nil || len(docs) != 1 || docs[0].Resource == nil {
		c.diffs = append(c.diffs, "the manifest is not of a kind that can be posted")
		return
	}
	tree, code := w.call("POST", collection(docs[0].Resource)+"?fieldValidation=Strict&dryRun=All", "application/json", "", docs[0].Tree)
	got := map[string]any{"code": code}
	w.look()
	if code >= 400 {
		put(got, "message", w.masked(get(tree, "message")))
		put(got, "reason", get(tree, "reason"))
		put(got, "causes", w.masked(get(tree, "details", "causes")))
	}
	c.masked("api", want, plain(got))
}

// masked compares trees whose texts may hold masks.
func (c *comparer) masked(path string, want, got any) {
	switch w := want.(type) {
	case map[string]any:
		for _, k := range sortedKeys(w) {
			c.masked(path+"."+k, w[k], get(got, k))
		}
	case []any:
		g := list(got)
		if len(g) != len(w) {
			c.differ(path, want, got)
			return
		}
		for i := range w {
			c.masked(path+"["+strconv.Itoa(i)+"]", w[i], g[i])
		}
	case string:
		if g, ok := got.(string); !ok || !like(w, g) {
			c.differ(path, want, got)
		}
	default:
		c.equal(path, want, got)
	}
}
