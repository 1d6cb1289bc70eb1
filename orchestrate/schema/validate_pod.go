package schema

import (
	"maps"
	"slices"
	"strconv"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

func (v *validator) podSpec(s *api.PodSpec) {
	volumes := v.volumes(s.Volumes)
	names := map[string]bool{}
	if len(s.Containers) == 0 {
		v.add(api.RequiredAt("spec.containers", ""))
	}
	for i := range s.Containers {
		v.container("spec.containers["+strconv.Itoa(i)+"]", &s.Containers[i], names, volumes)
	}
	for i := range s.InitContainers {
		v.container("spec.initContainers["+strconv.Itoa(i)+"]", &s.InitContainers[i], names, volumes)
	}
	v.policies(s)
	for _, k := range slices.Sorted(maps.Keys(s.NodeSelector)) {
		v.invalid("spec.nodeSelector", k, labels.ValidateKey(k))
		v.invalid("spec.nodeSelector", s.NodeSelector[k], labels.ValidateValue(s.NodeSelector[k]))
	}
	if s.ServiceAccountName != "" {
		v.invalid("spec.serviceAccountName", s.ServiceAccountName, labels.ValidateSubdomain(s.ServiceAccountName))
	}
	if s.NodeName != "" {
		v.invalid("spec.nodeName", s.NodeName, labels.ValidateSubdomain(s.NodeName))
	}
	if s.Hostname != "" {
		v.invalid("spec.hostname", s.Hostname, DNSLabel(s.Hostname))
	}
	if s.Subdomain != "" {
		v.invalid("spec.subdomain", s.Subdomain, DNSLabel(s.Subdomain))
	}
	if s.Affinity != nil && s.Affinity.NodeAffinity != nil {
		v.nodeAffinity(s.Affinity.NodeAffinity)
	}
	for i := range s.Tolerations {
		v.toleration("spec.tolerations["+strconv.Itoa(i)+"]", &s.Tolerations[i])
	}
}

func (v *validator) policies(s *api.PodSpec) {
	if !slices.Contains([]api.RestartPolicy{api.RestartAlways, api.RestartOnFailure, api.RestartNever}, s.RestartPolicy) {
		v.add(api.NotSupportedAt("spec.restartPolicy", s.RestartPolicy, api.RestartAlways, api.RestartOnFailure, api.RestartNever))
	}
	if d := s.ActiveDeadlineSeconds; d != nil && (*d < 1 || *d > 1<<31-1) {
		v.add(api.InvalidAt("spec.activeDeadlineSeconds", *d, "must be between 1 and 2147483647, inclusive"))
	}
	switch s.DNSPolicy {
	case api.DNSClusterFirst, api.DNSClusterFirstWithHostNet, api.DNSDefault, api.DNSNone:
	default:
		v.add(api.NotSupportedAt("spec.dnsPolicy", s.DNSPolicy, api.DNSClusterFirstWithHostNet, api.DNSClusterFirst, api.DNSDefault, api.DNSNone))
	}
}

// volumes checks the volumes and gives their names.
func (v *validator) volumes(list []api.Volume) map[string]bool {
	names := map[string]bool{}
	for i := range list {
		vol := &list[i]
		at := "spec.volumes[" + strconv.Itoa(i) + "]"
		switch {
		case vol.Name == "":
			v.add(api.RequiredAt(at+".name", ""))
		case names[vol.Name]:
			v.add(api.DuplicateAt(at+".name", vol.Name))
		default:
			v.invalid(at+".name", vol.Name, DNSLabel(vol.Name))
		}
		names[vol.Name] = true
		v.volumeSource(at, &vol.VolumeSource)
	}
	return names
}

func (v *validator) volumeSource(at string, s *api.VolumeSource) {
	used := false
	for _, source := range sourcesOf(s) {
		if used {
			v.add(api.ForbiddenAt(at+"."+source, "may not specify more than 1 volume type"))
		}
		used = true
	}
	if !used {
		v.add(api.RequiredAt(at, "must specify a volume type"))
	}
	if s.HostPath != nil {
		v.required(at+".hostPath.path", s.HostPath.Path, "")
	}
	if s.Secret != nil {
		v.required(at+".secret.secretName", s.Secret.SecretName, "")
	}
	if s.ConfigMap != nil {
		v.required(at+".configMap.name", s.ConfigMap.Name, "")
	}
	if s.PersistentVolumeClaim != nil {
		v.required(at+".persistentVolumeClaim.claimName", s.PersistentVolumeClaim.ClaimName, "")
	}
}

func (v *validator) nodeAffinity(a *api.NodeAffinity) {
	if r := a.RequiredDuringSchedulingIgnoredDuringExecution; r != nil {
		at := "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
		if len(r.NodeSelectorTerms) == 0 {
			v.add(api.RequiredAt(at+".nodeSelectorTerms", "must have at least one node selector term"))
		}
		for i := range r.NodeSelectorTerms {
			v.nodeSelectorTerm(at+".nodeSelectorTerms["+strconv.Itoa(i)+"]", &r.NodeSelectorTerms[i])
		}
	}
	for i := range a.PreferredDuringSchedulingIgnoredDuringExecution {
		p := &a.PreferredDuringSchedulingIgnoredDuringExecution[i]
		at := "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[" + strconv.Itoa(i) + "]"
		if p.Weight < 1 || p.Weight > 100 {
			v.add(api.InvalidAt(at+".weight", p.Weight, "must be in the range 1-100"))
		}
		v.nodeSelectorTerm(at+".preference", &p.Preference)
	}
}

func (v *validator) nodeSelectorTerm(at string, t *api.NodeSelectorTerm) {
	for i, e := range t.MatchExpressions {
		at := at + ".matchExpressions[" + strconv.Itoa(i) + "]"
		v.invalid(at+".key", e.Key, labels.ValidateKey(e.Key))
		switch e.Operator {
		case api.NodeIn, api.NodeNotIn:
			if len(e.Values) == 0 {
				v.add(api.RequiredAt(at+".values", "must be specified when `operator` is 'In' or 'NotIn'"))
			}
		case api.NodeExists, api.NodeDoesNotExist:
			if len(e.Values) > 0 {
				v.add(api.ForbiddenAt(at+".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
			}
		case api.NodeGt, api.NodeLt:
			if len(e.Values) != 1 {
				v.add(api.RequiredAt(at+".values", "must be specified single value when `operator` is 'Lt' or 'Gt'"))
			}
		default:
			v.add(api.InvalidAt(at+".operator", string(e.Operator), "not a valid selector operator"))
		}
	}
}

func (v *validator) toleration(at string, t *api.Toleration) {
	if t.Key != "" {
		v.invalid(at+".key", t.Key, labels.ValidateKey(t.Key))
	}
	if t.Key == "" && t.Operator != api.TolerationExists {
		v.add(api.InvalidAt(at+".operator", string(t.Operator), "operator must be Exists when `key` is empty, which means \"match all values and all keys\""))
	}
	if t.TolerationSeconds != nil && t.Effect != api.TaintNoExecute {
		v.add(api.InvalidAt(at+".effect", string(t.Effect), "effect must be 'NoExecute' when `tolerationSeconds` is set"))
	}
	switch t.Operator {
	case "", api.TolerationEqual:
		v.invalid(at+".operator", t.Value, labels.ValidateValue(t.Value))
	case api.TolerationExists:
		if t.Value != "" {
			v.add(api.InvalidAt(at+".operator", t.Value, "value must be empty when `operator` is 'Exists'"))
		}
	default:
		v.add(api.NotSupportedAt(at+".operator", t.Operator, api.TolerationEqual, api.TolerationExists))
	}
	switch t.Effect {
	case "", api.TaintNoSchedule, api.TaintPreferNoSchedule, api.TaintNoExecute:
	default:
		v.add(api.NotSupportedAt(at+".effect", t.Effect, api.TaintNoSchedule, api.TaintPreferNoSchedule, api.TaintNoExecute))
	}
}
