// Package labels is Kubernetes' labels and selectors.
package labels
