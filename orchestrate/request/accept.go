package request

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// form is how a client wants to have what it asks for.
type form uint8

const (
	asObject form = iota
	asTable
	asMetadata
)

// The group of what is not of any kind of its own.
const (
	metaGroup   = "meta.k8s.io"
	metaVersion = "meta.k8s.io/v1"
	discovery   = "apidiscovery.k8s.io"
)

// The types of bodies.
const (
	jsonType = "application/json"
	textType = "text/plain"
)

// acceptForm is the first form in a header Accept that is known. What is not known is answered with plain objects, because every
// client of Kubernetes takes JSON at last.
//
// Source: Kubernetes API concepts, "Receiving resources as Tables".
func acceptForm(accept string) form {
	for _, item := range strings.Split(accept, ",") {
		p := mediaParameters(item)
		if p["g"] != metaGroup || p["v"] != "v1" && p["v"] != "v1beta1" {
			if p["as"] == "" && strings.HasPrefix(strings.TrimSpace(item), jsonType) {
				return asObject
			}
			continue
		}
		switch p["as"] {
		case "Table":
			return asTable
		case "PartialObjectMetadata", "PartialObjectMetadataList":
			return asMetadata
		}
	}
	return asObject
}

// wantsAggregated tells whether a client takes all of discovery in one answer.
func wantsAggregated(accept string) bool {
	for _, item := range strings.Split(accept, ",") {
		if p := mediaParameters(item); p["g"] == discovery && p["v"] == "v2" && p["as"] == "APIGroupDiscoveryList" {
			return true
		}
	}
	return false
}

// mediaParameters are those of a media type in JSON; none of another type.
func mediaParameters(item string) map[string]string {
	parts := strings.Split(item, ";")
	if strings.TrimSpace(parts[0]) != jsonType {
		return nil
	}
	out := map[string]string{}
	for _, p := range parts[1:] {
		key, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		out[key] = value
	}
	return out
}

// partial is the metadata of an object and nothing else.
func partial(o api.Object) map[string]any {
	return map[string]any{"kind": "PartialObjectMetadata", "apiVersion": metaVersion, "metadata": metadataTree(o)}
}
