package kubelet

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// environment finds the values of a container's variables. It is nil if all of them stand in the spec; problem says what
// cannot be found, in the words of a kubelet.
//
// Source: k8s.io/kubernetes, pkg/kubelet, makeEnvironmentVariables.
func (s *sync) environment(spec *api.Container) (env []api.EnvVar, problem string) {
	elsewhere := len(spec.EnvFrom) > 0
	for i := range spec.Env {
		elsewhere = elsewhere || spec.Env[i].ValueFrom != nil || strings.Contains(spec.Env[i].Value, "$(")
	}
	if !elsewhere {
		return nil, ""
	}
	for i := range spec.EnvFrom {
		if env, problem = s.envFrom(env, &spec.EnvFrom[i]); problem != "" {
			return nil, problem
		}
	}
	for i := range spec.Env {
		v := api.EnvVar{Name: spec.Env[i].Name, Value: references(spec.Env[i].Value, env)}
		if from := spec.Env[i].ValueFrom; from != nil {
			var there bool
			if v.Value, there, problem = s.valueFrom(from, spec); problem != "" {
				return nil, problem
			}
			if !there {
				continue
			}
		}
		env = append(env, v)
	}
	return env, ""
}

// envFrom adds a variable for each key of a ConfigMap or Secret, in the order of the keys.
func (s *sync) envFrom(env []api.EnvVar, from *api.EnvFromSource) ([]api.EnvVar, string) {
	var data map[string]string
	ref, problem := from.ConfigMapRef, ""
	if ref != nil {
		data, problem = s.configMap(ref.Name)
	} else if ref = from.SecretRef; ref != nil {
		data, problem = s.secret(ref.Name)
	}
	if problem != "" {
		if ref.Optional != nil && *ref.Optional {
			return env, ""
		}
		return nil, problem
	}
	for _, key := range slices.Sorted(maps.Keys(data)) {
		env = append(env, api.EnvVar{Name: from.Prefix + key, Value: data[key]})
	}
	return env, ""
}

// valueFrom is a value from elsewhere; there is false if it may be missing, and is.
func (s *sync) valueFrom(from *api.EnvVarSource, spec *api.Container) (value string, there bool, problem string) {
	switch {
	case from.FieldRef != nil:
		return s.field(from.FieldRef.FieldPath), true, ""
	case from.ResourceFieldRef != nil:
		return s.resource(from.ResourceFieldRef, spec), true, ""
	case from.ConfigMapKeyRef != nil:
		data, problem := s.configMap(from.ConfigMapKeyRef.Name)
		return key(from.ConfigMapKeyRef, data, problem, "ConfigMap "+s.pod.Namespace+"/")
	case from.SecretKeyRef != nil:
		data, problem := s.secret(from.SecretKeyRef.Name)
		return key(from.SecretKeyRef, data, problem, "Secret "+s.pod.Namespace+"/")
	}
	return "", false, ""
}

func key(ref *api.KeySelector, data map[string]string, problem, where string) (string, bool, string) {
	optional := ref.Optional != nil && *ref.Optional
	value, ok := data[ref.Key]
	switch {
	case ok:
		return value, true, ""
	case optional:
		return "", false, ""
	case problem != "":
		return "", false, problem
	}
	return "", false, "couldn't find key " + ref.Key + " in " + where + ref.Name
}

func (s *sync) configMap(name string) (map[string]string, string) {
	o, _, ok := s.known.Get(api.KindConfigMap, s.pod.Namespace, name)
	m, is := o.(*api.ConfigMap)
	if !ok || !is {
		return nil, `configmap "` + name + `" not found`
	}
	return m.Data, ""
}

func (s *sync) secret(name string) (map[string]string, string) {
	o, _, ok := s.known.Get(api.KindSecret, s.pod.Namespace, name)
	secret, is := o.(*api.Secret)
	if !ok || !is {
		return nil, `secret "` + name + `" not found`
	}
	data := map[string]string{}
	//order:irrelevant a copy
	for k, v := range secret.Data {
		data[k] = string(v)
	}
	return data, ""
}

// field is a field of the pod as the downward API gives it.
func (s *sync) field(path string) string {
	if name, ok := strings.CutPrefix(path, "metadata.labels['"); ok {
		return s.pod.Labels[strings.TrimSuffix(name, "']")]
	}
	if name, ok := strings.CutPrefix(path, "metadata.annotations['"); ok {
		return s.pod.Annotations[strings.TrimSuffix(name, "']")]
	}
	switch path {
	case "metadata.name":
		return s.pod.Name
	case "metadata.namespace":
		return s.pod.Namespace
	case "metadata.uid":
		return string(s.pod.UID)
	case "spec.nodeName":
		return s.node.Name
	case "spec.serviceAccountName":
		return s.pod.Spec.ServiceAccountName
	case "status.podIP", "status.podIPs":
		return s.box.IP
	case "status.hostIP", "status.hostIPs":
		return internalIP(s.node)
	}
	return ""
}

// resource is a request or limit; where there is none, what the node can give.
func (s *sync) resource(ref *api.ResourceFieldSelector, spec *api.Container) string {
	from := spec
	for i := range s.pod.Spec.Containers {
		if s.pod.Spec.Containers[i].Name == ref.ContainerName {
			from = &s.pod.Spec.Containers[i]
		}
	}
	what, name, _ := strings.Cut(ref.Resource, ".")
	list := from.Resources.Limits
	if what == "requests" {
		list = from.Resources.Requests
	}
	q, ok := list[api.ResourceName(name)]
	if !ok && what == "limits" {
		q = s.node.Status.Allocatable[api.ResourceName(name)]
	}
	unit := int64(1)
	if d := ref.Divisor; d.Value() > 0 {
		unit = d.Value()
		if name == "cpu" && d.Milli() < 1000 {
			return strconv.FormatInt(q.Milli()/max(d.Milli(), 1), 10)
		}
	}
	return strconv.FormatInt((q.Value()+unit-1)/unit, 10)
}

// references puts the values of variables defined before in the place of $(NAME); $$(NAME) stands for itself.
func references(text string, env []api.EnvVar) string {
	var b strings.Builder
	for {
		at := strings.Index(text, "$(")
		if at < 0 {
			break
		}
		end := strings.IndexByte(text[at:], ')')
		if end < 0 {
			break
		}
		name := text[at+2 : at+end]
		i := slices.IndexFunc(env, func(v api.EnvVar) bool { return v.Name == name })
		switch {
		case at > 0 && text[at-1] == '$':
			b.WriteString(text[:at-1] + text[at:at+end+1])
		case i >= 0:
			b.WriteString(text[:at] + env[i].Value)
		default:
			b.WriteString(text[:at+end+1])
		}
		text = text[at+end+1:]
	}
	return b.String() + text
}
