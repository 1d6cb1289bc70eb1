package request_test

import (
	"encoding/json"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// TestTablesAreThoseOfAnAPIServer replays what the printers of Kubernetes 1.37.2 made of objects.
func TestTablesAreThoseOfAnAPIServer(t *testing.T) {
	var cases []struct {
		Object  json.RawMessage
		Columns []string
		Rows    [][]string
	}
	src, err := os.ReadFile("testdata/tables.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(src, &cases))
	require.Greater(t, len(cases), 30)
	s, _ := server(t)
	for _, tt := range cases {
		t.Run(string(tt.Object), func(t *testing.T) {
			docs, err := schema.Decode(tt.Object, "recorded")
			require.NoError(t, err)
			schema.Default(docs[0].Object)
			table := s.Table(docs[0].Resource, []api.Object{docs[0].Object})
			var columns []string
			for _, c := range table.Columns {
				columns = append(columns, c.Name+"/"+c.Format+"/"+strconv.Itoa(c.Priority))
			}
			require.Equal(t, tt.Columns, columns)
			require.Equal(t, tt.Rows, [][]string{table.Rows[0].Cells})
		})
	}
}

// TestLoadBalancersShowAllTheirAddresses is a difference: kubectl cuts them to 16 letters unless it is asked for -o wide.
func TestLoadBalancersShowAllTheirAddresses(t *testing.T) {
	s, _ := server(t)
	lb := &api.Service{Spec: api.ServiceSpec{Type: api.ServiceLoadBalancer}}
	lb.Status.LoadBalancer.Ingress = []api.LoadBalancerIngress{{Hostname: "a-long-name.example.com"}}
	table := s.Table(schema.ByKind(api.KindService), []api.Object{lb})
	require.Equal(t, "a-long-name.example.com", table.Rows[0].Cells[3])
}
