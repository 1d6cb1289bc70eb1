package kubelet

import "github.com/slipway-dev/slipway/orchestrate/api"

// volumes says which volume cannot be mounted because what it shows is not there; "" if all can.
func (s *sync) volumes() string {
	for i := range s.pod.Spec.Volumes {
		v, problem := &s.pod.Spec.Volumes[i], ""
		switch {
		case v.ConfigMap != nil && !isTrue(v.ConfigMap.Optional):
			_, problem = s.configMap(v.ConfigMap.Name)
		case v.Secret != nil && !isTrue(v.Secret.Optional):
			_, problem = s.secret(v.Secret.SecretName)
		case v.Projected != nil:
			problem = s.projected(v.Projected)
		}
		if problem != "" {
			return `MountVolume.SetUp failed for volume "` + v.Name + `" : ` + problem
		}
	}
	return ""
}

// projected says which source of a volume is not there.
func (s *sync) projected(v *api.ProjectedVolumeSource) (problem string) {
	for i := range v.Sources {
		from := &v.Sources[i]
		switch {
		case from.ConfigMap != nil && !isTrue(from.ConfigMap.Optional):
			_, problem = s.configMap(from.ConfigMap.Name)
		case from.Secret != nil && !isTrue(from.Secret.Optional):
			_, problem = s.secret(from.Secret.Name)
		}
		if problem != "" {
			break
		}
	}
	return problem
}

func isTrue(b *bool) bool { return b != nil && *b }
