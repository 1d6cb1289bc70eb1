package playground

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// ServiceView is all that is drawn of a Service.
type ServiceView struct {
	Key, Name, Namespace string
	Tone                 Tone
	// State is how many of its endpoints are ready, as 2/3; Address where it answers.
	State, Address, Text string
	// Pods are the keys of the pods that get its requests, at most mostEndpoints.
	Pods []string
}

// mostEndpoints is how many pods of a Service are drawn with it.
const mostEndpoints = 60

func viewService(s *api.Service, sn store.Snapshot) ServiceView {
	v := ServiceView{Key: keyOf(api.KindService, s.Namespace, s.Name), Name: s.Name, Namespace: s.Namespace, Address: serviceAddress(s)}
	ready, all := int64(0), int64(0)
	for _, o := range sn.ByLabel(api.KindEndpointSlice, api.LabelServiceName, s.Name) {
		slice, ok := o.(*api.EndpointSlice)
		if !ok || slice.Namespace != s.Namespace {
			continue
		}
		for i := range slice.Endpoints {
			e := &slice.Endpoints[i]
			all++
			if e.Conditions.Ready != nil && !*e.Conditions.Ready {
				continue
			}
			ready++
			if e.TargetRef != nil && e.TargetRef.Kind == "Pod" && len(v.Pods) < mostEndpoints {
				v.Pods = append(v.Pods, keyOf(api.KindPod, e.TargetRef.Namespace, e.TargetRef.Name))
			}
		}
	}
	switch {
	case ready == all && all > 0:
		v.Tone = ToneOK
	case ready > 0:
		v.Tone = ToneWarn
	case len(s.Spec.Selector) == 0:
		v.Tone = ToneIdle
	default:
		v.Tone = ToneBad
	}
	v.State = number(ready) + "/" + number(all)
	v.Text = "service " + s.Name + ", " + v.Address + ", " + number(ready) + " of " + count(all, "endpoint") + " ready"
	return v
}

// serviceAddress is where a Service answers: address and port, or the name it stands for.
func serviceAddress(s *api.Service) string {
	text := s.Spec.ClusterIP
	if s.Spec.Type == api.ServiceExternalName {
		text = s.Spec.ExternalName
	}
	if len(s.Spec.Ports) > 0 {
		text += ":" + strconv.Itoa(int(s.Spec.Ports[0].Port))
	}
	return text
}

// serviceOf is the Service a stream of requests goes to; nil if it goes elsewhere.
func serviceOf(t *api.Traffic, sn store.Snapshot) *api.Service {
	namespace := t.FromNamespace
	if namespace == "" {
		namespace = "default"
	}
	name, rest, _ := strings.Cut(t.Host, ".")
	if first, _, _ := strings.Cut(rest, "."); first != "" {
		if o, _, ok := sn.Get(api.KindService, first, name); ok {
			s, _ := o.(*api.Service)
			return s
		}
	}
	if o, _, ok := sn.Get(api.KindService, namespace, t.Host); ok {
		s, _ := o.(*api.Service)
		return s
	}
	_, _, node := sn.Get(api.KindNode, "", t.Host)
	for _, o := range sn.List(api.KindService) {
		s, ok := o.(*api.Service)
		if !ok {
			continue
		}
		if s.Spec.ClusterIP == t.Host {
			return s
		}
		for i := range s.Spec.Ports {
			if node && s.Spec.Ports[i].NodePort == t.Port {
				return s
			}
		}
	}
	return nil
}

// groupLabels are the labels that say which pods belong together, by how much they say.
var groupLabels = []string{"app.kubernetes.io/name", "app", "k8s-app", "run"}

// podGroup is what tells a pod's group from others: its application and, of that, its template. It is empty for a pod without
// labels.
func podGroup(p *api.Pod) string {
	group := ""
	for _, key := range groupLabels {
		if value, ok := p.Labels[key]; ok {
			group = key + "=" + value
			break
		}
	}
	if group == "" {
		if all := pairs(p.Labels); len(all) > 0 {
			group = all[0]
		}
	}
	if hash, ok := p.Labels[api.LabelPodTemplateHash]; ok && group != api.LabelPodTemplateHash+"="+hash {
		group += "," + api.LabelPodTemplateHash + "=" + hash
	}
	return group
}
