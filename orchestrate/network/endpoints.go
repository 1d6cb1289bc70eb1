package network

import (
	"cmp"
	"maps"
	"slices"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// EndpointsOf is a Service in the older form: what its slices say in one object, made when somebody asks. It is nil if the
// Service has no slices of ours: without a selector nobody lists its endpoints. Pods on their way out are not in it.
//
// Source: k8s.io/kubernetes, pkg/controller/endpoint, version 1.37.
func EndpointsOf(s *api.Service, sn store.Snapshot) *api.Endpoints {
	all := slicesAt(sn, s.Namespace, s.Name)
	all = slices.DeleteFunc(all, func(e *api.EndpointSlice) bool { return !ours(e) })
	if len(all) == 0 {
		return nil
	}
	e := &api.Endpoints{ObjectMeta: api.ObjectMeta{
		Name: s.Name, Namespace: s.Namespace, UID: all[0].UID, CreationTimestamp: s.CreationTimestamp,
		Labels: map[string]string{},
	}}
	maps.Copy(e.Labels, s.Labels)
	e.Labels["endpoints.kubernetes.io/managed-by"] = "endpoint-controller"
	if s.Spec.ClusterIP == api.ClusterIPNone {
		e.Labels[api.LabelHeadless] = ""
	}
	for _, slice := range all {
		if slice.ResourceVersion > e.ResourceVersion {
			e.ResourceVersion = slice.ResourceVersion
		}
		if t := slice.Annotations[triggerTime]; t != "" && t > e.Annotations[triggerTime] {
			e.Annotations = map[string]string{triggerTime: t}
		}
		e.Subsets = addSubset(e.Subsets, slice)
	}
	for i := range e.Subsets {
		byIP := func(a, b api.EndpointAddress) int { return cmp.Compare(a.IP, b.IP) }
		sorting.Func(e.Subsets[i].Addresses, byIP)
		sorting.Func(e.Subsets[i].NotReadyAddresses, byIP)
	}
	return e
}

// addSubset adds a slice's endpoints to the subset with its ports.
func addSubset(all []api.EndpointSubset, slice *api.EndpointSlice) []api.EndpointSubset {
	var next api.EndpointSubset
	for i := range slice.Endpoints {
		e := &slice.Endpoints[i]
		ready := isTrue(e.Conditions.Ready)
		if !ready && e.Conditions.Terminating != nil && *e.Conditions.Terminating {
			continue
		}
		a := api.EndpointAddress{IP: e.Addresses[0], NodeName: e.NodeName, TargetRef: e.TargetRef}
		if e.Hostname != nil {
			a.Hostname = *e.Hostname
		}
		if ready {
			next.Addresses = append(next.Addresses, a)
		} else {
			next.NotReadyAddresses = append(next.NotReadyAddresses, a)
		}
	}
	if next.Addresses == nil && next.NotReadyAddresses == nil {
		return all
	}
	for i := range slice.Ports {
		p := &slice.Ports[i]
		next.Ports = append(next.Ports, api.EndpointsPort{Name: *p.Name, Port: *p.Port, Protocol: *p.Protocol, AppProtocol: p.AppProtocol})
	}
	for i := range all {
		if slices.Equal(all[i].Ports, next.Ports) {
			all[i].Addresses = append(all[i].Addresses, next.Addresses...)
			all[i].NotReadyAddresses = append(all[i].NotReadyAddresses, next.NotReadyAddresses...)
			return all
		}
	}
	return append(all, next)
}
