package request

import (
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// serveSubresource answers for a part of an object.
func (r *call) serveSubresource() (int, map[string]any, error) {
	switch r.place.subresource {
	case "status":
		if !hasStatus(r.place.res) {
			return 0, nil, notServed()
		}
		switch r.Method {
		case "GET":
			return r.one(r.server.Get(r.place.res, r.place.namespace, r.place.name))
		case "PUT":
			return r.put("status")
		case "PATCH":
			return r.patch("status")
		}
		return 0, nil, wrongMethod()
	case "scale":
		return r.scale()
	case "eviction":
		if r.place.res.Kind == api.KindPod && r.Method == "POST" {
			return r.evict()
		}
	case "exec":
		if r.place.res.Kind == api.KindPod {
			if _, _, err := r.execPlace(); err != nil {
				return 0, nil, err
			}
			return 0, nil, api.BadRequest("Upgrade request required")
		}
	case "binding":
		if r.place.res.Kind == api.KindPod && r.Method == "POST" {
			return r.bind()
		}
	}
	return 0, nil, notServed()
}

// evict answers POST pods/NAME/eviction.
func (r *call) evict() (int, map[string]any, error) {
	v, err := schema.ReadTree(r.Body, "body")
	if err != nil {
		return 0, nil, api.BadRequest(err.Error())
	}
	body, _ := v.(map[string]any)
	if name, _ := meta(body)["name"].(string); name != "" && name != r.place.name {
		return 0, nil, api.BadRequest("name in URL does not match name in Eviction object")
	}
	options, _ := body["deleteOptions"].(map[string]any)
	o, err := r.deleteOptionsOf(options)
	if err != nil {
		return 0, nil, err
	}
	if err := r.server.Evict(r.place.namespace, r.place.name, o); err != nil {
		return 0, nil, err
	}
	return 201, StatusTree(&api.Status{Status: "Success", Code: 201}), nil
}

func meta(tree map[string]any) map[string]any {
	m, _ := tree["metadata"].(map[string]any)
	return m
}

// Evict deletes a pod the polite way. What protects pods from it comes with its kind; without, it is a deletion.
func (s *Server) Evict(namespace, pod string, o DeleteOptions) error {
	_, err := s.Delete(schema.ByKind(api.KindPod), namespace, pod, o)
	return err
}

// bind answers POST pods/NAME/binding.
func (r *call) bind() (int, map[string]any, error) {
	v, err := schema.ReadTree(r.Body, "body")
	if err != nil {
		return 0, nil, api.BadRequest(err.Error())
	}
	body, _ := v.(map[string]any)
	target, _ := body["target"].(map[string]any)
	if err := r.server.Bind(r.place.namespace, r.place.name, text(target["name"])); err != nil {
		return 0, nil, err
	}
	return 201, StatusTree(&api.Status{Status: "Success", Code: 201}), nil
}

// Bind puts a pod on a node, as a scheduler does. A pod is bound once.
func (s *Server) Bind(namespace, name, node string) error {
	res := schema.ByKind(api.KindPod)
	o, err := s.Get(res, namespace, name)
	if err != nil {
		return err
	}
	pod, ok := api.DeepCopy(o).(*api.Pod)
	if !ok {
		return api.NotFound(res.Plural, name)
	}
	switch {
	case node == "":
		return api.Invalid("Binding", name, []api.FieldError{api.RequiredAt("target.name", "")})
	case pod.DeletionTimestamp != 0:
		return api.Conflict("pods/binding", name, "pod "+name+" is being deleted, cannot be assigned to a host")
	case pod.Spec.NodeName != "":
		return api.Conflict("pods/binding", name, "pod "+name+` is already assigned to node "`+pod.Spec.NodeName+`"`)
	}
	pod.Spec.NodeName = node
	_, err = s.update(res, namespace, name, "binding", pod, WriteOptions{})
	return err
}
