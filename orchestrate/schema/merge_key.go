package schema

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// podSpecKeys are the lists below a pod's spec whose elements are told apart by a key when they are merged. Lists that are not
// here are replaced as a whole.
//
// Source: Kubernetes API reference, "patch strategy" and "patch merge key" of PodSpec and Container.
var podSpecKeys = map[string]string{
	"containers":                   "name",
	"initContainers":               "name",
	"ephemeralContainers":          "name",
	"volumes":                      "name",
	"imagePullSecrets":             "name",
	"hostAliases":                  "ip",
	"topologySpreadConstraints":    "topologyKey",
	"schedulingGates":              "name",
	"resourceClaims":               "name",
	"containers.ports":             "containerPort",
	"containers.env":               "name",
	"containers.volumeMounts":      "mountPath",
	"containers.volumeDevices":     "devicePath",
	"initContainers.ports":         "containerPort",
	"initContainers.env":           "name",
	"initContainers.volumeMounts":  "mountPath",
	"initContainers.volumeDevices": "devicePath",
}

// kindKeys are the lists elsewhere, by kind and path.
var kindKeys = map[api.Kind]map[string]string{
	api.KindPod: {
		"status.conditions": "type", "status.podIPs": "ip", "status.hostIPs": "ip",
	},
	api.KindNode: {
		"status.conditions": "type", "status.addresses": "type",
	},
	api.KindNamespace:      {"status.conditions": "type"},
	api.KindReplicaSet:     {"status.conditions": "type"},
	api.KindDeployment:     {"status.conditions": "type"},
	api.KindService:        {"spec.ports": "port", "status.conditions": "type"},
	api.KindServiceAccount: {"secrets": "name", "imagePullSecrets": "name"},
}

// sets are the lists of plain values that are merged as sets.
var sets = map[string]bool{"metadata.finalizers": true, "spec.template.metadata.finalizers": true, "spec.podCIDRs": true}

// MergeKey is the field by which elements of a list are told apart in a strategic merge; "" if the list is replaced as a
// whole. The path is that of the list without indexes, for example spec.containers.ports.
func MergeKey(kind api.Kind, path string) string {
	if path == "metadata.ownerReferences" || path == "spec.template.metadata.ownerReferences" {
		return "uid"
	}
	if rest, ok := inPodSpec(kind, path); ok {
		return podSpecKeys[rest]
	}
	return kindKeys[kind][path]
}

// inPodSpec is a path within the pod's spec a kind has, its own or that of a template.
func inPodSpec(kind api.Kind, path string) (string, bool) {
	switch kind {
	case api.KindPod:
		return strings.CutPrefix(path, "spec.")
	case api.KindReplicaSet, api.KindDeployment:
		return strings.CutPrefix(path, "spec.template.spec.")
	}
	return "", false
}

// RetainsKeys tells that a map, or each element of a list, is a choice between fields: a merge that changes it drops fields
// the new version does not have, so that a Deployment's strategy or a volume's source can be replaced by another.
//
// Source: Kubernetes API reference, patch strategy "retainKeys".
func RetainsKeys(kind api.Kind, path string) bool {
	rest, _ := inPodSpec(kind, path)
	return rest == "volumes" || kind == api.KindDeployment && path == "spec.strategy"
}
