// Package fields is Kubernetes' field selectors: "metadata.name=web,status.phase!=Running".
package fields
