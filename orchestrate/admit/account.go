package admit

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
)

// defaultAccount is the ServiceAccount of pods that name none. Every namespace has it, if perhaps not yet.
const defaultAccount = "default"

// What the volume with the token is called, where it is mounted, and for how long a token in it is good.
const (
	tokenVolume  = "kube-api-access-"
	tokenPath    = "/var/run/secrets/kubernetes.io/serviceaccount"
	tokenSeconds = 3607
)

// account is the ServiceAccount of a pod; nil if it is the default one, which may come later.
func account(r Request, p *api.Pod) (*api.ServiceAccount, error) {
	name := p.Spec.ServiceAccountName
	if name == "" {
		name = defaultAccount
	}
	if r.Account == nil {
		return nil, nil
	}
	a := r.Account(p.Namespace, name)
	if a == nil && name != defaultAccount {
		return nil, api.Forbidden("pods", p.Name, "error looking up service account "+p.Namespace+"/"+name+
			": "+api.NotFound("serviceaccount", name).Error())
	}
	return a, nil
}

// give puts into a pod what its account gives it, as the plugin ServiceAccount does: a volume with a token, where one is wanted, and
// the passwords of image registries. The end of the volume's name grows from a word, so that pods that share a spec share it too.
//
// Source: k8s.io/kubernetes, plugin/pkg/admission/serviceaccount.
func give(p *api.Pod, a *api.ServiceAccount, word string) {
	if a == nil {
		a = &api.ServiceAccount{}
	}
	mount := p.Spec.AutomountServiceAccountToken
	if mount == nil {
		mount = a.AutomountServiceAccountToken
	}
	if mount == nil || *mount {
		mountToken(p.Spec, word)
	}
	if len(p.Spec.ImagePullSecrets) == 0 {
		p.Spec.ImagePullSecrets = a.ImagePullSecrets
	}
}

// mountToken mounts the token in every container that has nothing of its own in its place.
func mountToken(spec *api.PodSpec, word string) {
	name := ""
	for i := range spec.Volumes {
		if strings.HasPrefix(spec.Volumes[i].Name, tokenVolume) {
			name = spec.Volumes[i].Name
		}
	}
	there := name != ""
	if !there {
		ends := clock.Fork(0, tokenVolume+word)
		name = tokenVolume + ends.Suffix(5)
	}
	needed := false
	for _, list := range [2][]api.Container{spec.InitContainers, spec.Containers} {
		for i := range list {
			needed = mountAt(&list[i], name) || needed
		}
	}
	if needed && !there {
		spec.Volumes = append(spec.Volumes, newTokenVolume(name))
	}
}

// mountAt tells whether the container lacked the mount.
func mountAt(c *api.Container, volume string) bool {
	for i := range c.VolumeMounts {
		if c.VolumeMounts[i].MountPath == tokenPath {
			return false
		}
	}
	c.VolumeMounts = append(c.VolumeMounts, api.VolumeMount{Name: volume, ReadOnly: true, MountPath: tokenPath})
	return true
}

func newTokenVolume(name string) api.Volume {
	mode, seconds := int32(0o644), int64(tokenSeconds)
	return api.Volume{Name: name, VolumeSource: api.VolumeSource{Projected: &api.ProjectedVolumeSource{
		DefaultMode: &mode,
		Sources: []api.VolumeProjection{
			{ServiceAccountToken: &api.ServiceAccountTokenProjection{Path: "token", ExpirationSeconds: &seconds}},
			{ConfigMap: &api.ObjectProjection{
				LocalObjectReference: api.LocalObjectReference{Name: "kube-root-ca.crt"},
				Items:                []api.KeyToPath{{Key: "ca.crt", Path: "ca.crt"}},
			}},
			{DownwardAPI: &api.DownwardAPIProjection{Items: []api.DownwardAPIVolumeFile{{
				Path: "namespace", FieldRef: &api.ObjectFieldSelector{APIVersion: "v1", FieldPath: "metadata.namespace"},
			}}}},
		},
	}}}
}
