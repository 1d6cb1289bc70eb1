package request_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/stretchr/testify/require"
)

func TestEndpointsAreMadeFromSlices(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1)})
	s := request.New(c)
	selector := map[string]string{"app": "web"}
	for _, svc := range []*api.Service{
		{ObjectMeta: api.ObjectMeta{Name: "web", Labels: selector}, Spec: api.ServiceSpec{Selector: selector, Ports: []api.ServicePort{{Port: 80, TargetPort: api.IntOf(8080)}}}},
		{ObjectMeta: api.ObjectMeta{Name: "none"}, Spec: api.ServiceSpec{Selector: map[string]string{"app": "nobody"}, Ports: []api.ServicePort{{Port: 80}}}},
		{ObjectMeta: api.ObjectMeta{Name: "free"}, Spec: api.ServiceSpec{Ports: []api.ServicePort{{Port: 80}}}},
	} {
		_, err := s.Create(schema.Find("svc"), "default", svc, request.WriteOptions{})
		require.NoError(t, err)
	}
	for i := range 5 {
		_, err := s.Create(schema.Find("pods"), "default", &api.Pod{
			ObjectMeta: api.ObjectMeta{Name: fmt.Sprintf("web-%d", i), Labels: selector},
			Spec:       &api.PodSpec{Containers: []api.Container{{Name: "web", Image: "nginx"}}},
		}, request.WriteOptions{})
		require.NoError(t, err)
	}
	_, err := c.Settle(time.Minute)
	require.NoError(t, err)

	res := schema.Find("ep")
	all, err := s.List(res, "default", request.ListOptions{})
	require.NoError(t, err)
	var rows [][]string
	for _, row := range s.Table(res, all).Rows {
		rows = append(rows, row.Cells[:2])
	}
	require.Equal(t, [][]string{{"none", "<none>"}, {"web", "10.244.1.2:8080,10.244.1.3:8080,10.244.1.4:8080 + 2 more..."}}, rows, "without a selector there are none")
	o, err := s.Get(res, "default", "web")
	require.NoError(t, err)
	e := o.(*api.Endpoints)
	require.Equal(t, map[string]string{"app": "web", "endpoints.kubernetes.io/managed-by": "endpoint-controller"}, e.Labels)
	require.Len(t, e.Subsets[0].Addresses, 5)
	labelled, err := s.List(res, "", request.ListOptions{LabelSelector: "app=web"})
	require.NoError(t, err)
	require.Len(t, labelled, 1)

	_, err = s.Get(res, "default", "free")
	require.EqualError(t, err, `endpoints "free" not found`)
	_, err = s.Create(res, "default", &api.Endpoints{ObjectMeta: api.ObjectMeta{Name: "mine"}}, request.WriteOptions{})
	require.EqualError(t, err, "create is not supported on resources of kind \"endpoints\"")
	_, err = s.Delete(res, "default", "web", request.DeleteOptions{})
	require.EqualError(t, err, "delete is not supported on resources of kind \"endpoints\"")
}
