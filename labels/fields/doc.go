// Package fields is Kubernetes' field selectors: queries against a few fields of objects, as in
// "metadata.name=web,status.phase!=Running".
//
//	kubectl get pods --field-selector status.phase!=Running
//
// They are poorer than label selectors: equal and not equal only, joined by "and", and a field that is not there is the
// empty string. Values may be anything; backslash, comma and equals sign are escaped by a backslash.
//
// Text, order and error texts are those of k8s.io/apimachinery/pkg/fields. Which fields a kind offers is not known here.
//
// Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/
package fields
