package schema

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

func (v *validator) env(at *api.Path, env []api.EnvVar) {
	for i := range env {
		e, here := &env[i], at.Index(i)
		if v.present(here.Child("name"), e.Name) {
			v.invalid(here.Child("name"), e.Name, variableName(e.Name)...)
		}
		if e.ValueFrom != nil {
			v.envSource(here.Child("valueFrom"), e)
		}
	}
}

func (v *validator) envSource(at *api.Path, e *api.EnvVar) {
	from, sources := e.ValueFrom, 0
	if from.FieldRef != nil {
		sources++
		v.fieldRef(at.Child("fieldRef"), from.FieldRef, envFields)
	}
	if from.ResourceFieldRef != nil {
		sources++
		v.resourceRef(at.Child("resourceFieldRef"), from.ResourceFieldRef, false)
	}
	if from.ConfigMapKeyRef != nil {
		sources++
		v.keyRef(at.Child("configMapKeyRef"), from.ConfigMapKeyRef)
	}
	if from.SecretKeyRef != nil {
		sources++
		v.keyRef(at.Child("secretKeyRef"), from.SecretKeyRef)
	}
	if from.FileKeyRef != nil {
		sources++
		v.fileRef(at.Child("fileKeyRef"), from.FileKeyRef)
	}
	switch {
	case sources == 0:
		v.invalid(at, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`")
	case e.Value != "":
		v.invalid(at, "", "may not be specified when `value` is not empty")
	case sources > 1:
		v.invalid(at, "", "may not have more than one field specified at a time")
	}
}

// The fields of a pod that variables and files can be made of.
var (
	envFields = []string{"metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
		"status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"}
	fileFields = []string{"metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"}
	anyField   = append([]string{"metadata.annotations", "metadata.labels", "spec.restartPolicy", "spec.schedulerName", "status.phase"}, envFields...)
)

func (v *validator) fieldRef(at *api.Path, r *api.ObjectFieldSelector, fields []string) {
	path := at.Child("fieldPath")
	if !v.present(at.Child("apiVersion"), r.APIVersion) || !v.present(path, r.FieldPath) {
		return
	}
	name, key, subscripted := subscript(r.FieldPath)
	mapped := name == "metadata.annotations" || name == "metadata.labels"
	switch {
	case r.APIVersion != "v1":
		v.invalid(path, r.FieldPath, "error converting fieldPath: unsupported pod version: "+r.APIVersion)
	case subscripted && !mapped:
		v.invalid(path, r.FieldPath, "error converting fieldPath: field label does not support subscript: "+r.FieldPath)
	case !subscripted && !slices.Contains(anyField, name):
		v.invalid(path, r.FieldPath, "error converting fieldPath: field label not supported: "+r.FieldPath)
	case subscripted:
		if name == "metadata.annotations" {
			key = strings.ToLower(key)
		}
		v.invalid(at, key, labels.ValidateKey(key)...)
	default:
		oneOf(v, path, name, fields...)
	}
}

// subscript takes metadata.labels['key'] apart.
func subscript(path string) (name, key string, ok bool) {
	name, rest, ok := strings.Cut(path, "['")
	if !ok || !strings.HasSuffix(rest, "']") || name == "" {
		return path, "", false
	}
	return name, strings.TrimSuffix(rest, "']"), true
}

var resourceFields = []string{"limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"}

func (v *validator) resourceRef(at *api.Path, r *api.ResourceFieldSelector, needsContainer bool) {
	huge := strings.HasPrefix(r.Resource, "limits.hugepages-") || strings.HasPrefix(r.Resource, "requests.hugepages-")
	switch {
	case needsContainer && r.ContainerName == "":
		v.required(at.Child("containerName"), "")
	case r.Resource == "":
		v.required(at.Child("resource"), "")
	case !huge:
		oneOf(v, at.Child("resource"), r.Resource, resourceFields...)
	}
	if !r.Divisor.IsZero() {
		v.divisor(at.Child("divisor"), r.Resource, r.Divisor.String(), huge)
	}
}

func (v *validator) divisor(at *api.Path, resource, divisor string, huge bool) {
	sizes := []string{"1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"}
	_, name, _ := strings.Cut(resource, ".")
	called := map[string]string{"memory": "memory", "ephemeral-storage": "local ephemeral storage"}[name]
	if huge {
		called = "hugepages"
	}
	switch {
	case name == "cpu" && divisor != "1m" && divisor != "1":
		v.invalid(at, resource, "only divisor's values 1m and 1 are supported with the cpu resource")
	case called != "" && !slices.Contains(sizes, divisor):
		v.invalid(at, resource, "only divisor's values "+strings.Join(sizes, ", ")+" are supported with the "+called+" resource")
	}
}

func (v *validator) keyRef(at *api.Path, r *api.KeySelector) {
	v.invalid(at.Child("name"), r.Name, labels.ValidateSubdomain(r.Name)...)
	if v.present(at.Child("key"), r.Key) {
		v.invalid(at.Child("key"), r.Key, ConfigKey(r.Key)...)
	}
}

func (v *validator) fileRef(at *api.Path, r *api.FileKeySelector) {
	if v.present(at.Child("key"), r.Key) {
		v.invalid(at.Child("key"), r.Key, variableName(r.Key)...)
	}
	if v.present(at.Child("volumeName"), r.VolumeName) {
		v.invalid(at.Child("volumeName"), r.VolumeName, DNSLabel(r.VolumeName)...)
	}
	if v.present(at.Child("path"), r.Path) && backsteps(r.Path) {
		v.invalid(at.Child("path"), r.Path, "must not contain '..'")
	}
}

func (v *validator) envFrom(at *api.Path, list []api.EnvFromSource) {
	for i, e := range list {
		here := at.Index(i)
		if e.Prefix != "" {
			v.invalid(here.Child("prefix"), e.Prefix, variableName(e.Prefix)...)
		}
		v.envObject(here.Child("configMapRef"), e.ConfigMapRef)
		v.envObject(here.Child("secretRef"), e.SecretRef)
		switch {
		case e.ConfigMapRef == nil && e.SecretRef == nil:
			v.invalid(at, "", "must specify one of: `configMapRef` or `secretRef`")
		case e.ConfigMapRef != nil && e.SecretRef != nil:
			v.invalid(at, "", "may not have more than one field specified at a time")
		}
	}
}

func (v *validator) envObject(at *api.Path, s *api.EnvSource) {
	if s != nil && v.present(at.Child("name"), s.Name) {
		v.invalid(at.Child("name"), s.Name, subdomainName(s.Name, true)...)
	}
}
