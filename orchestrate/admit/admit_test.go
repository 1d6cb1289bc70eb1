package admit_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/slipway-dev/slipway/orchestrate/admit"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/stretchr/testify/require"
)

// spaces are namespaces by name; a true one is being deleted.
type spaces map[string]bool

func (s spaces) Namespace(name string) (*api.Namespace, bool) {
	ending, ok := s[name]
	ns := &api.Namespace{ObjectMeta: api.ObjectMeta{Name: name}}
	if ending {
		ns.DeletionTimestamp = 1
	}
	return ns, ok
}

var accounts = map[string]*api.ServiceAccount{
	"default/robot": {}, "default/closed": {AutomountServiceAccountToken: new(bool)},
	"default/puller": {ImagePullSecrets: []api.LocalObjectReference{{Name: "registry"}}},
}

func create(o api.Object) admit.Request {
	return admit.Request{
		Verb: "create", Object: o, Now: 1487383200, Namespaces: spaces{"default": false, "ending": true},
		Suffix: func() string { return "x7k2p" }, UID: func() api.UID { return "uid" },
		Account: func(namespace, name string) *api.ServiceAccount { return accounts[namespace+"/"+name] },
	}
}

func newPod() *api.Pod {
	return &api.Pod{
		ObjectMeta: api.ObjectMeta{Name: "web", Namespace: "default"},
		Spec:       &api.PodSpec{Containers: []api.Container{{Name: "web", Image: "nginx"}}},
	}
}

func Example() {
	o, err := admit.Review(create(newPod()))
	if err != nil {
		fmt.Println(err)
		return
	}
	p := o.(*api.Pod)
	fmt.Println(p.Spec.RestartPolicy, p.Spec.Containers[0].ImagePullPolicy, p.Status.Phase, p.Status.QOSClass)
	for _, t := range p.Spec.Tolerations {
		fmt.Println(t.Key, *t.TolerationSeconds)
	}
	// Output:
	// Always Always Pending BestEffort
	// node.kubernetes.io/not-ready 300
	// node.kubernetes.io/unreachable 300
}

// recorded is what a real API server answered to a manifest.
type recorded struct {
	API struct {
		Code    int32             `json:"code"`
		Message string            `json:"message"`
		Reason  api.StatusReason  `json:"reason"`
		Causes  []api.StatusCause `json:"causes"`
	} `json:"api"`
}

// answer takes a manifest the way a server does: strict decoding, then admission.
func answer(t *testing.T, src []byte) error {
	docs, err := schema.Decode(src, "STDIN")
	if err != nil {
		return err
	}
	d := docs[0]
	if d.Err != nil {
		return api.BadRequest(fmt.Sprintf("%s in version %q cannot be handled as a %s: %s", d.Kind, d.Resource.Version, d.Kind, d.Err))
	}
	if len(d.Strict) > 0 {
		return api.BadRequest(fmt.Sprintf("%s in version %q cannot be handled as a %s: strict decoding error: %s", d.Kind, d.Resource.Version, d.Kind, d.Strict[0]))
	}
	if d.Resource.Namespaced {
		d.Object.Meta().Namespace = "default"
	}
	r := create(d.Object)
	r.Allocate = func(s, _ *api.Service) error { // what package network does first
		if s.Spec.ClusterIP != "" {
			s.Spec.ClusterIPs = []string{s.Spec.ClusterIP}
		}
		return nil
	}
	_, err = admit.Review(r)
	return err
}

func TestAnswersAreThoseOfARealAPIServer(t *testing.T) {
	var cases map[string]recorded
	text, err := os.ReadFile("testdata/validation/expected.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &cases))
	require.Greater(t, len(cases), 35)
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		t.Run(name, func(t *testing.T) {
			src, err := os.ReadFile(filepath.Join("testdata/validation", name+".yaml"))
			require.NoError(t, err)
			want := cases[name].API
			err = answer(t, src)
			if want.Code == 201 {
				require.NoError(t, err)
				return
			}
			if want.Code == 0 { // never reached the server
				var syntax *schema.SyntaxError
				require.ErrorAs(t, err, &syntax)
				return
			}
			var status *api.StatusError
			require.True(t, errors.As(err, &status), "%v", err)
			require.Equal(t, want.Message, status.Status.Message)
			require.Equal(t, want.Code, status.Status.Code)
			require.Equal(t, want.Reason, status.Status.Reason)
			for i, c := range want.Causes {
				require.Equal(t, c.Message, status.Status.Details.Causes[i].Message)
				require.Equal(t, c.Field, status.Status.Details.Causes[i].Field)
			}
		})
	}
}

func TestReview(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(p *api.Pod)
		want   string
	}{
		{"as it is", func(*api.Pod) {}, ""},
		{"no such namespace", func(p *api.Pod) { p.Namespace = "nope" }, `namespaces "nope" not found`},
		{"namespace goes away", func(p *api.Pod) { p.Namespace = "ending" },
			`pods "web" is forbidden: unable to create new content in namespace ending because it is being terminated`},
		{"an account that is there", func(p *api.Pod) { p.Spec.ServiceAccountName = "robot" }, ""},
		{"no such account", func(p *api.Pod) { p.Spec.DeprecatedServiceAccount = "nope" },
			`pods "web" is forbidden: error looking up service account default/nope: serviceaccount "nope" not found`},
		{"revision of a new object", func(p *api.Pod) { p.ResourceVersion = 3 }, "resourceVersion should not be set on objects to be created"},
		{"two mistakes at once", func(p *api.Pod) { p.Name, p.Spec.Containers[0].Image = "Web!", "" }, "[metadata.name"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newPod()
			test.change(p)
			before, err := schema.Marshal(p)
			require.NoError(t, err)
			_, err = admit.Review(create(p))
			if test.want == "" {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, test.want)
			}
			after, err := schema.Marshal(p)
			require.NoError(t, err)
			require.Equal(t, string(before), string(after), "what the client sent is not changed")
		})
	}
}

func TestGenerateNameMakesAName(t *testing.T) {
	p := newPod()
	p.Name, p.GenerateName = "", "web-"
	o, err := admit.Review(create(p))
	require.NoError(t, err)
	require.Equal(t, "web-x7k2p", o.Meta().Name)
}

func TestUpdate(t *testing.T) {
	stored, err := admit.Review(create(newPod()))
	require.NoError(t, err)
	stored.Meta().ResourceVersion = 5
	for _, test := range []struct {
		name       string
		change     func(p *api.Pod)
		want       string
		generation int64
	}{
		{"nothing", func(*api.Pod) {}, "", 1},
		{"a label", func(p *api.Pod) { p.Labels = map[string]string{"a": "b"} }, "", 1},
		{"the image", func(p *api.Pod) { p.Spec.Containers[0].Image = "nginx:2" }, "", 2},
		{"the status is not its business", func(p *api.Pod) { p.Status.Phase = api.PodFailed }, "", 1},
		{"an old revision", func(p *api.Pod) { p.ResourceVersion = 4 }, "the object has been modified; please apply your changes to the latest version", 0},
		{"another identity", func(p *api.Pod) { p.UID = "other" }, "uid", 0},
		{"the host name", func(p *api.Pod) { p.Spec.Hostname = "h" }, "pod updates may not change fields other than `spec.containers[*].image`", 0},
		{"one more container", func(p *api.Pod) { p.Spec.Containers = append(p.Spec.Containers, api.Container{Name: "b", Image: "b"}) }, "pod updates may not add or remove containers", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := api.DeepCopy(stored).(*api.Pod)
			test.change(p)
			r := create(p)
			r.Verb, r.Old = "update", stored
			o, err := admit.Review(r)
			if test.want != "" {
				require.Error(t, err)
				require.Contains(t, err.Error(), test.want)
				return
			}
			require.NoError(t, err)
			require.Equal(t, test.generation, o.Meta().Generation)
			require.Equal(t, api.PodPending, o.(*api.Pod).Status.Phase)
		})
	}
}
