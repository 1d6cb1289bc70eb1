package admit_test

import (
	"testing"

	"github.com/slipway-dev/slipway/orchestrate/admit"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/stretchr/testify/require"
)

const tokenPath = "/var/run/secrets/kubernetes.io/serviceaccount"

// tokens is where the token of a pod is mounted: the names of the containers that have it, and how many volumes there are.
func tokens(p *api.Pod) (in []string, volumes int) {
	for _, list := range [][]api.Container{p.Spec.InitContainers, p.Spec.Containers} {
		for _, c := range list {
			for _, m := range c.VolumeMounts {
				if m.MountPath == tokenPath {
					in = append(in, c.Name+" "+m.Name)
				}
			}
		}
	}
	return in, len(p.Spec.Volumes)
}

func TestTheTokenOfAnAccountIsMounted(t *testing.T) {
	yes, no := true, false
	own := api.VolumeMount{Name: "mine", MountPath: tokenPath}
	for _, test := range []struct {
		name    string
		change  func(s *api.PodSpec)
		in      int
		volumes int
	}{
		{"in every container", func(s *api.PodSpec) { s.InitContainers = []api.Container{{Name: "i", Image: "i"}} }, 2, 1},
		{"the pod wants none", func(s *api.PodSpec) { s.AutomountServiceAccountToken = &no }, 0, 0},
		{"the account gives none", func(s *api.PodSpec) { s.ServiceAccountName = "closed" }, 0, 0},
		{"the pod has the last word", func(s *api.PodSpec) { s.ServiceAccountName, s.AutomountServiceAccountToken = "closed", &yes }, 1, 1},
		{"one that mounts something else there", func(s *api.PodSpec) {
			s.Volumes = []api.Volume{{Name: "mine", VolumeSource: api.VolumeSource{EmptyDir: &api.EmptyDirVolumeSource{}}}}
			s.Containers[0].VolumeMounts = []api.VolumeMount{own}
		}, 1, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newPod()
			test.change(p.Spec)
			o, err := admit.Review(create(p))
			require.NoError(t, err)
			in, volumes := tokens(o.(*api.Pod))
			require.Len(t, in, test.in)
			require.Equal(t, test.volumes, volumes)
		})
	}
}

func TestTheTokenVolumeIsThatOfAnAPIServer(t *testing.T) {
	o, err := admit.Review(create(newPod()))
	require.NoError(t, err)
	spec := o.(*api.Pod).Spec
	require.Regexp(t, "^kube-api-access-[bcdfghjklmnpqrstvwxz2456789]{5}$", spec.Volumes[0].Name)
	require.Equal(t, []api.VolumeMount{{Name: spec.Volumes[0].Name, ReadOnly: true, MountPath: tokenPath}}, spec.Containers[0].VolumeMounts)
	b, err := schema.MarshalTree(schema.Tree(o)["spec"].(map[string]any)["volumes"].([]any)[0].(map[string]any)["projected"])
	require.NoError(t, err)
	require.JSONEq(t, `{"defaultMode":420,"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},
		{"configMap":{"items":[{"key":"ca.crt","path":"ca.crt"}],"name":"kube-root-ca.crt"}},
		{"downwardAPI":{"items":[{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.namespace"},"path":"namespace"}]}}]}`, string(b))
	again := create(o)
	stored := api.DeepCopy(o)
	again.Verb, again.Old = "update", stored
	same, err := admit.Review(again)
	require.NoError(t, err)
	require.True(t, schema.Same(stored, same), "an update mounts nothing again")
}

func TestAnAccountGivesThePasswordsOfRegistries(t *testing.T) {
	p := newPod()
	p.Spec.ServiceAccountName = "puller"
	o, err := admit.Review(create(p))
	require.NoError(t, err)
	require.Equal(t, []api.LocalObjectReference{{Name: "registry"}}, o.(*api.Pod).Spec.ImagePullSecrets)
}

// Pods of one template share a spec, also with the volume; those of another owner have their own, and a changed account is noticed.
func TestPodsOfATemplateShareTheirToken(t *testing.T) {
	var specs admit.Specs
	template := &api.PodSpec{Containers: []api.Container{{Name: "c", Image: "nginx"}}, ServiceAccountName: "robot"}
	made := func(owner api.UID, account *api.ServiceAccount) *api.PodSpec {
		p := &api.Pod{ObjectMeta: api.ObjectMeta{Name: "p", Namespace: "default", OwnerReferences: []api.OwnerReference{{UID: owner}}}, Spec: template}
		r := create(p)
		r.Account = func(string, string) *api.ServiceAccount { return account }
		require.NoError(t, admit.Made(r, &specs, true, "pods"))
		return p.Spec
	}
	robot := accounts["default/robot"]
	first := made("a", robot)
	require.Same(t, first, made("a", robot))
	other := made("b", robot)
	require.NotEqual(t, first.Volumes[0].Name, other.Volumes[0].Name)
	require.Equal(t, first, made("a", robot), "what is remembered does not show")
	require.Empty(t, made("a", accounts["default/closed"]).Volumes)
	require.Empty(t, template.Volumes, "the template stays as it is")
}
