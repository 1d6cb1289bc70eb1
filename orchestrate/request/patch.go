package request

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// PatchType is how a patch is written, as a content type.
type PatchType string

// The kinds of patches a server takes.
const (
	JSONPatch      PatchType = "application/json-patch+json"
	MergePatch     PatchType = "application/merge-patch+json"
	StrategicPatch PatchType = "application/strategic-merge-patch+json"
	ApplyPatch     PatchType = "application/apply-patch+yaml"
)

// Patch is a change of an object that says only what is to change.
type Patch struct {
	Type PatchType
	// Body is the patch as it was sent. Tree is used in its place where it is not nil.
	Body []byte
	Tree any
	// Subresource is "", "status" or "scale".
	Subresource string
}

// patchType is the patch a content type stands for.
func patchType(contentType string) (PatchType, error) {
	contentType, _, _ = strings.Cut(contentType, ";")
	switch t := PatchType(strings.TrimSpace(contentType)); t {
	case JSONPatch, MergePatch, StrategicPatch, ApplyPatch:
		return t, nil
	}
	return "", api.UnsupportedMediaType("415: Unsupported Media Type")
}

// Patch changes an object by a patch and returns it as it now is. A patch that changes nothing writes nothing.
func (s *Server) Patch(res *schema.Resource, namespace, name string, p Patch, o WriteOptions) (api.Object, error) {
	if p.Tree == nil {
		if len(p.Body) > maxBody {
			return nil, tooLarge("limit is " + strconv.Itoa(maxBody))
		}
		tree, err := schema.ReadTree(p.Body, "patch")
		if err != nil {
			return nil, api.BadRequest("error decoding patch: " + jsonMistake(p.Body, err))
		}
		p.Tree = tree
	}
	if p.Type == ApplyPatch {
		return s.apply(res, namespace, name, p, o)
	}
	old, err := s.Get(res, namespace, name)
	if err != nil {
		return nil, err
	}
	tree, err := patched(res, schema.Tree(old), p)
	if err != nil {
		return nil, err
	}
	obj, err := s.readPatched(res, tree, o)
	if err != nil {
		return nil, err
	}
	if m := obj.Meta(); m.Name != old.Meta().Name || m.Namespace != old.Meta().Namespace {
		return nil, moved(res, old.Meta(), m)
	}
	return s.update(res, namespace, name, p.Subresource, obj, o)
}

// moved is what a server says of a patch that gives an object another name.
func moved(res *schema.Resource, old, now *api.ObjectMeta) error {
	if old.Name != now.Name {
		return api.BadRequest("the name of the object (" + now.Name + ") does not match the name on the URL (" + old.Name + ")")
	}
	return api.BadRequest("the namespace of the object (" + now.Namespace + ") does not match the namespace on the URL (" + old.Namespace + ")")
}

// readPatched makes an object of a patched tree.
func (s *Server) readPatched(res *schema.Resource, tree map[string]any, o WriteOptions) (api.Object, error) {
	kind, version := text(tree["kind"]), text(tree["apiVersion"])
	cannot := orWord(kind, res.Kind.String()) + ` in version "` + res.Version + `" cannot be handled as a ` + res.Kind.String() + ": "
	if version != res.APIVersion() || kind != res.Kind.String() {
		return nil, api.BadRequest(cannot + noKind(kind, version))
	}
	obj, strict, err := schema.Read(res, tree)
	if err != nil {
		return nil, api.BadRequest(cannot + err.Error())
	}
	if len(strict) > 0 && o.FieldValidation == "Strict" {
		return nil, api.BadRequest("strict decoding error: " + problems(strict))
	}
	o.warn(strict)
	return obj, nil
}

// Patched is an object's tree as a patch makes it, without a server. The tree may be changed.
func Patched(res *schema.Resource, tree map[string]any, p Patch) (map[string]any, error) {
	return patched(res, tree, p)
}

// patched is a tree as a patch makes it. The tree may be changed.
func patched(res *schema.Resource, tree map[string]any, p Patch) (map[string]any, error) {
	if p.Type == JSONPatch {
		return jsonPatched(tree, p.Tree)
	}
	change, ok := p.Tree.(map[string]any)
	if !ok {
		return nil, api.BadRequest("error decoding patch: json: cannot unmarshal " + jsonKind(p.Tree) + " into Go value of type map[string]interface {}")
	}
	if p.Type == StrategicPatch {
		return strategic{res}.maps("", tree, change)
	}
	out, _ := merged(tree, change).(map[string]any)
	return out, nil
}

// jsonKind is what Go's package json calls a value in its errors.
func jsonKind(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "bool"
	case string:
		return "string"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	}
	return "number"
}

// merged is a JSON merge patch: null removes, a map is merged, everything else replaces.
//
// Source: RFC 7396.
func merged(target, patch any) any {
	change, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	old, ok := target.(map[string]any)
	if !ok {
		old = map[string]any{}
	}
	//order:irrelevant each key is decided by itself
	for k, v := range change {
		if v == nil {
			delete(old, k)
			continue
		}
		old[k] = merged(old[k], v)
	}
	return old
}
