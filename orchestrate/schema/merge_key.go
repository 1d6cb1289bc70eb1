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
	api.KindNamespace: {
		"status.conditions": "type",
	},
}

// sets are the lists of plain values that are merged as sets.
var sets = map[string]bool{"metadata.finalizers": true, "spec.podCIDRs": true}

// MergeKey is the field by which elements of a list are told apart in a strategic merge; "" if the list is replaced as a
// whole. The path is that of the list without indexes, for example spec.containers.ports.
func MergeKey(kind api.Kind, path string) string {
	if path == "metadata.ownerReferences" {
		return "uid"
	}
	if rest, ok := strings.CutPrefix(path, "spec."); ok && kind == api.KindPod {
		return podSpecKeys[rest]
	}
	return kindKeys[kind][path]
}
