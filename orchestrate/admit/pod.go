package admit

import (
	"reflect"
	"strconv"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// admitPod does what the plugins Priority and DefaultTolerationSeconds do.
//
// Source: Kubernetes documentation, "Admission Control in Kubernetes".
func admitPod(p *api.Pod) error {
	if err := priority(p); err != nil {
		return err
	}
	if p.Spec.ServiceAccountName == "" {
		p.Spec.ServiceAccountName = defaultAccount
	}
	p.Spec.DeprecatedServiceAccount = p.Spec.ServiceAccountName
	for _, key := range []string{api.TaintNodeNotReady, api.TaintNodeUnreachable} {
		if !toleratesEviction(p, key) {
			seconds := int64(300)
			p.Spec.Tolerations = append(p.Spec.Tolerations, api.Toleration{
				Key: key, Operator: api.TolerationExists, Effect: api.TaintNoExecute, TolerationSeconds: &seconds,
			})
		}
	}
	return nil
}

// priority turns the name of a priority class into its number. The two classes every cluster has are the only ones
// there are.
func priority(p *api.Pod) error {
	value := int32(0)
	switch p.Spec.PriorityClassName {
	case "":
	case "system-cluster-critical":
		value = 2_000_000_000
	case "system-node-critical":
		value = 2_000_001_000
	default:
		return api.Forbidden("pods", p.Name, "no PriorityClass with name "+p.Spec.PriorityClassName+" was found")
	}
	if p.Spec.Priority != nil && *p.Spec.Priority != value {
		return api.Forbidden("pods", p.Name, "the integer value of priority must not be provided in pod spec; priority admission controller computed "+
			strconv.FormatInt(int64(value), 10)+" from the given PriorityClass name")
	}
	p.Spec.Priority = &value
	if p.Spec.PreemptionPolicy == nil {
		policy := api.PreemptLowerPriority
		p.Spec.PreemptionPolicy = &policy
	}
	return nil
}

// toleratesEviction tells whether a pod already says what it does about a taint that evicts.
func toleratesEviction(p *api.Pod, key string) bool {
	for _, t := range p.Spec.Tolerations {
		if (t.Key == key || t.Key == "" && t.Operator == api.TolerationExists) && (t.Effect == api.TaintNoExecute || t.Effect == "") {
			return true
		}
	}
	return false
}

// sameSpec tells whether two versions of an object want the same.
func sameSpec(a, b api.Object) bool {
	switch a := a.(type) {
	case *api.Pod:
		b, ok := b.(*api.Pod)
		return ok && reflect.DeepEqual(a.Spec, b.Spec)
	case *api.Node:
		b, ok := b.(*api.Node)
		return ok && reflect.DeepEqual(a.Spec, b.Spec)
	case *api.ReplicaSet:
		b, ok := b.(*api.ReplicaSet)
		return ok && schema.Same(a.Spec, b.Spec)
	case *api.Deployment: // upstream counts changes of annotations too
		b, ok := b.(*api.Deployment)
		return ok && schema.Same(a.Spec, b.Spec) && schema.Same(a.Annotations, b.Annotations)
	case *api.EndpointSlice:
		b, ok := b.(*api.EndpointSlice)
		return ok && a.AddressType == b.AddressType && schema.Same(a.Endpoints, b.Endpoints) &&
			schema.Same(a.Ports, b.Ports) && schema.Same(a.Labels, b.Labels)
	}
	return true
}
