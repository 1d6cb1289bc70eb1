package request

import (
	"strconv"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// Scale is how many replicas an object wants and has: all that its subresource scale tells.
//
// Source: Kubernetes API reference, "Scale v1 autoscaling".
type Scale struct {
	// Object is what is scaled; it is frozen.
	Object api.Object
	// Desired is spec.replicas, Observed status.replicas.
	Desired, Observed int64
	// Selector is that of its pods, in one line.
	Selector string
}

// Scalable tells whether a kind has the subresource scale.
func Scalable(res *schema.Resource) bool {
	switch res.Kind.String() {
	case "Deployment", "ReplicaSet", "StatefulSet", "ReplicationController":
		return true
	}
	return false
}

// Scale is the scale of an object.
func (s *Server) Scale(res *schema.Resource, namespace, name string) (Scale, error) {
	if !Scalable(res) {
		return Scale{}, notServed()
	}
	o, err := s.Get(res, namespace, name)
	if err != nil {
		return Scale{}, err
	}
	return scaleOf(o), nil
}

func scaleOf(o api.Object) Scale {
	tree := schema.Tree(o)
	spec, _ := tree["spec"].(map[string]any)
	status, _ := tree["status"].(map[string]any)
	out := Scale{Object: o, Desired: 1}
	if n, ok := spec["replicas"].(int64); ok {
		out.Desired = n
	}
	out.Observed, _ = status["replicas"].(int64)
	out.Selector = selectorText(spec["selector"])
	return out
}

// selectorText is a label selector in one line.
func selectorText(v any) string {
	tree, _ := v.(map[string]any)
	var s labels.LabelSelector
	if m, ok := tree["matchLabels"].(map[string]any); ok {
		s.MatchLabels = map[string]string{}
		//order:irrelevant each label is copied by itself
		for k, item := range m {
			s.MatchLabels[k] = text(item)
		}
	}
	exprs, _ := tree["matchExpressions"].([]any)
	for _, e := range exprs {
		m, _ := e.(map[string]any)
		r := labels.LabelSelectorRequirement{Key: text(m["key"]), Operator: labels.LabelSelectorOperator(text(m["operator"]))}
		values, _ := m["values"].([]any)
		for _, v := range values {
			r.Values = append(r.Values, text(v))
		}
		s.MatchExpressions = append(s.MatchExpressions, r)
	}
	return labels.FormatLabelSelector(&s)
}

// SetScale says how many replicas an object is to have. A revision that is not zero must be the object's.
func (s *Server) SetScale(res *schema.Resource, namespace, name string, replicas int64, rev api.Revision, o WriteOptions) (Scale, error) {
	now, err := s.Scale(res, namespace, name)
	if err != nil {
		return now, err
	}
	if replicas < 0 {
		return now, api.Invalid("Scale.autoscaling", name, []api.FieldError{api.InvalidAt("spec.replicas", replicas, "must be greater than or equal to 0")})
	}
	if rev != 0 && rev != now.Object.Meta().ResourceVersion {
		return now, api.Modified(res.Qualified(), name)
	}
	tree := schema.Tree(now.Object)
	spec, ok := tree["spec"].(map[string]any)
	if !ok {
		return now, notServed()
	}
	spec["replicas"] = replicas
	obj, err := schema.FromTree(res, tree)
	if err != nil {
		return now, api.InternalError(err)
	}
	obj, err = s.Update(res, namespace, name, obj, o)
	if err != nil {
		return now, err
	}
	return scaleOf(obj), nil
}

// tree is the scale as a server sends it.
func (s Scale) tree() map[string]any {
	m := s.Object.Meta()
	spec, status := map[string]any{}, map[string]any{"replicas": s.Observed}
	if s.Desired != 0 {
		spec["replicas"] = s.Desired
	}
	add(status, "selector", s.Selector)
	return map[string]any{
		"kind": "Scale", "apiVersion": "autoscaling/v1", "spec": spec, "status": status,
		"metadata": map[string]any{
			"name": m.Name, "namespace": m.Namespace, "uid": string(m.UID), "resourceVersion": m.ResourceVersion.String(),
			"creationTimestamp": m.CreationTimestamp.String(),
		},
	}
}

// wantedReplicas reads spec.replicas of a Scale; none are 0.
func wantedReplicas(tree map[string]any) (int64, error) {
	cannot := `Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal `
	if spec, ok := tree["spec"].(map[string]any); ok {
		v := spec["replicas"]
		n, ok := v.(int64)
		switch {
		case ok && n != int64(int32(n)):
			return 0, api.BadRequest(cannot + "number " + strconv.FormatInt(n, 10) + " into Go struct field ScaleSpec.spec.replicas of type int32")
		case !ok && v != nil:
			return 0, api.BadRequest(cannot + jsonKind(v) + " into Go struct field ScaleSpec.spec.replicas of type int32")
		}
		return n, nil
	}
	if v := tree["spec"]; v != nil {
		return 0, api.BadRequest(cannot + jsonKind(v) + " into Go struct field Scale.spec of type v1.ScaleSpec")
	}
	return 0, nil
}

// scale answers for the subresource scale.
func (r *call) scale() (int, map[string]any, error) {
	p := r.place
	now, err := r.server.Scale(p.res, p.namespace, p.name)
	if err != nil {
		return 0, nil, err
	}
	o, err := r.options()
	if err != nil {
		return 0, nil, err
	}
	tree := now.tree()
	switch r.Method {
	case "GET":
		return 200, tree, nil
	case "PUT":
		body, err := schema.ReadTree(r.Body, "body")
		if err != nil {
			return 0, nil, api.BadRequest(err.Error())
		}
		tree, _ = body.(map[string]any)
	case "PATCH":
		kind, err := patchType(r.ContentType)
		if err != nil {
			return 0, nil, err
		}
		body, err := schema.ReadTree(r.Body, "body")
		if err != nil {
			return 0, nil, api.BadRequest(err.Error())
		}
		if kind == StrategicPatch {
			kind = MergePatch // no list of a Scale has a key
		}
		if tree, err = patched(p.res, tree, Patch{Type: kind, Tree: body}); err != nil {
			return 0, nil, err
		}
	default:
		return 0, nil, wrongMethod()
	}
	replicas, err := wantedReplicas(tree)
	if err != nil {
		return 0, nil, err
	}
	rev, err := strconv.ParseUint(text(meta(tree)["resourceVersion"]), 10, 64)
	if err != nil {
		rev = 0
	}
	now, err = r.server.SetScale(p.res, p.namespace, p.name, replicas, api.Revision(rev), o)
	if err != nil {
		return 0, nil, err
	}
	return 200, now.tree(), nil
}
