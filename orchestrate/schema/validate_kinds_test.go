package schema_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func texts(o api.Object) []string {
	schema.Default(o)
	var out []string
	for _, e := range schema.Validate(o, nil) {
		out = append(out, e.Error())
	}
	return out
}

// TestSizesAreLimited has the recorded answers to what is too large to be written down.
func TestSizesAreLimited(t *testing.T) {
	meta := api.ObjectMeta{Name: "x", Namespace: "d"}
	half := strings.Repeat("x", 512<<10)
	cm := &api.ConfigMap{ObjectMeta: meta, Data: map[string]string{"a": half, "b": half}}
	require.Empty(t, texts(cm), "exactly a mebibyte")
	cm.BinaryData = map[string][]byte{"c": []byte("1")}
	require.Equal(t, []string{"[]: Too long: may not be more than 1048576 bytes"}, texts(cm))
	secret := &api.Secret{ObjectMeta: meta, StringData: map[string]string{"a": half, "b": half + "1"}}
	require.Equal(t, []string{"data: Too long: may not be more than 1048576 bytes"}, texts(secret))
	s := &api.EndpointSlice{ObjectMeta: meta, AddressType: api.AddressIPv4, Endpoints: make([]api.Endpoint, 1001)}
	for i := range s.Endpoints {
		s.Endpoints[i].Addresses = []string{"10.1.2.3"}
	}
	require.Equal(t, []string{"endpoints: Too many: 1001: must have at most 1000 items"}, texts(s))
	s.Endpoints = s.Endpoints[:1000]
	require.Empty(t, texts(s))
}

func TestMergeKeys(t *testing.T) {
	for _, tt := range []struct {
		kind api.Kind
		path string
		want string
	}{
		{api.KindPod, "spec.containers", "name"},
		{api.KindDeployment, "spec.template.spec.containers", "name"},
		{api.KindDeployment, "spec.template.spec.containers.ports", "containerPort"},
		{api.KindReplicaSet, "spec.template.spec.volumes", "name"},
		{api.KindDeployment, "spec.containers", ""},
		{api.KindDeployment, "metadata.ownerReferences", "uid"},
		{api.KindDeployment, "status.conditions", "type"},
		{api.KindService, "spec.ports", "port"},
		{api.KindServiceAccount, "secrets", "name"},
		{api.KindEndpointSlice, "endpoints", ""},
	} {
		require.Equal(t, tt.want, schema.MergeKey(tt.kind, tt.path), "%s %s", tt.kind, tt.path)
	}
}

// TestApplyReplacesAChoice is how a Deployment changes its strategy: kubectl sends $retainKeys with it.
func TestApplyReplacesAChoice(t *testing.T) {
	type m = map[string]any
	in := func(strategy m) m { return m{"spec": m{"strategy": strategy}} }
	rolling := m{"type": "RollingUpdate", "rollingUpdate": m{"maxSurge": "25%", "maxUnavailable": "25%"}}
	for _, tt := range []struct {
		name                              string
		original, modified, current, want m
	}{
		{"another type", m{}, m{"type": "Recreate"}, rolling, m{"type": "Recreate"}},
		{"the same type", m{}, m{"type": "RollingUpdate"}, rolling, rolling},
		{"another number", m{}, m{"rollingUpdate": m{"maxSurge": "1"}}, rolling, m{"rollingUpdate": m{"maxSurge": "1", "maxUnavailable": "25%"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := schema.ThreeWay(schema.ByKind(api.KindDeployment), in(tt.original), in(tt.modified), in(tt.current))
			require.Equal(t, in(tt.want), got)
		})
	}
}
