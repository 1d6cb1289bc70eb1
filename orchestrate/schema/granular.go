package schema

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// atomicMaps are the maps that server-side apply takes as one value, by the end of their path.
//
// Source: Kubernetes API reference, x-kubernetes-map-type: atomic.
var atomicMaps = []string{
	"spec.selector", "nodeSelector", "labelSelector", "namespaceSelector", "configMapKeyRef", "secretKeyRef", "fieldRef",
	"resourceFieldRef", "targetRef", "fileKeyRef",
}

// AtomicMap tells whether server-side apply takes the map at this path as one value.
func AtomicMap(path string) bool {
	for _, a := range atomicMaps {
		if path == a || strings.HasSuffix(path, "."+a) {
			return true
		}
	}
	return false
}

// ListKeys are the fields by which server-side apply tells the elements of a list apart; nil if it takes the list as one value. They
// are those of a strategic merge, but for lists that need two.
//
// Source: Kubernetes API reference, x-kubernetes-list-map-keys.
func ListKeys(kind api.Kind, path string) []string {
	key := MergeKey(kind, path)
	switch {
	case key == "":
		return nil
	case key == "containerPort" || key == "port":
		return []string{key, "protocol"}
	case key == "topologyKey":
		return []string{key, "whenUnsatisfiable"}
	}
	return []string{key}
}
