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

func pod(name string, labels map[string]string) *api.Pod {
	return &api.Pod{ObjectMeta: api.ObjectMeta{Name: name, Labels: labels}, Spec: &api.PodSpec{Containers: []api.Container{{Name: "c", Image: "nginx"}}}}
}

func server(t require.TestingT) (*request.Server, *orchestrate.Cluster) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
	return request.New(c), c
}

func Example() {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1)})
	s, pods := request.New(c), schema.Find("pods")
	if _, err := s.Create(pods, "default", pod("web", map[string]string{"app": "web"}), request.WriteOptions{}); err != nil {
		fmt.Println(err)
	}
	_ = c.Advance(10 * time.Second)
	list, _ := s.List(pods, "default", request.ListOptions{LabelSelector: "app=web", FieldSelector: "status.phase=Running"})
	for _, row := range s.Table(pods, list).Rows {
		fmt.Println(row.Cells[:5])
	}
	_, err := s.Get(pods, "default", "nope")
	fmt.Println(err)
	// Output:
	// [web 1/1 Running 0 10s]
	// pods "nope" not found
}

func TestSelectors(t *testing.T) {
	s, c := server(t)
	pods := schema.Find("po")
	for name, app := range map[string]string{"a": "web", "b": "web", "c": "db"} {
		_, err := s.Create(pods, "default", pod(name, map[string]string{"app": app}), request.WriteOptions{})
		require.NoError(t, err)
	}
	require.NoError(t, c.Advance(time.Minute))
	for _, test := range []struct {
		options request.ListOptions
		want    []string
		err     string
	}{
		{request.ListOptions{}, []string{"a", "b", "c"}, ""},
		{request.ListOptions{LabelSelector: "app=web"}, []string{"a", "b"}, ""},
		{request.ListOptions{LabelSelector: "app in (db),app!=web"}, []string{"c"}, ""},
		{request.ListOptions{FieldSelector: "metadata.name=b"}, []string{"b"}, ""},
		{request.ListOptions{FieldSelector: "status.phase!=Running"}, nil, ""},
		{request.ListOptions{FieldSelector: "spec.image=nginx"}, nil, "field label not supported: spec.image"},
		{request.ListOptions{LabelSelector: "app in"}, nil, "unable to parse requirement"},
	} {
		list, err := s.List(pods, "default", test.options)
		if test.err != "" {
			require.ErrorContains(t, err, test.err)
			continue
		}
		require.NoError(t, err)
		var got []string
		for _, o := range list {
			got = append(got, o.Meta().Name)
		}
		require.Equal(t, test.want, got, "%+v", test.options)
	}
}

func TestWrites(t *testing.T) {
	s, _ := server(t)
	pods := schema.Find("pods")
	made, err := s.Create(pods, "default", pod("web", nil), request.WriteOptions{})
	require.NoError(t, err)
	_, err = s.Create(pods, "default", pod("web", nil), request.WriteOptions{})
	require.EqualError(t, err, `pods "web" already exists`)
	_, err = s.Create(pods, "default", pod("dry", nil), request.WriteOptions{DryRun: true})
	require.NoError(t, err)
	_, err = s.Get(pods, "default", "dry")
	require.Error(t, err, "a dry run stores nothing")

	next := api.DeepCopy(made).(*api.Pod)
	next.Labels = map[string]string{"a": "b"}
	changed, err := s.Update(pods, "default", "web", next, request.WriteOptions{})
	require.NoError(t, err)
	require.Equal(t, "b", changed.Meta().Labels["a"])
	_, err = s.Update(pods, "default", "web", next, request.WriteOptions{})
	require.ErrorContains(t, err, "the object has been modified")

	_, err = s.Delete(pods, "default", "web", request.DeleteOptions{UID: "other"})
	require.ErrorContains(t, err, "the UID in the precondition (other) does not match the UID in record (")
	_, err = s.Delete(pods, "default", "web", request.DeleteOptions{})
	require.NoError(t, err)
	_, err = s.Get(pods, "default", "web")
	require.EqualError(t, err, `pods "web" not found`, "a pod without a node goes at once")
}

func TestChangesFollowASelector(t *testing.T) {
	s, _ := server(t)
	pods := schema.Find("pods")
	from := s.Revision()
	made, err := s.Create(pods, "default", pod("web", map[string]string{"app": "web"}), request.WriteOptions{})
	require.NoError(t, err)
	next := api.DeepCopy(made).(*api.Pod)
	next.Labels = map[string]string{"app": "other"}
	_, err = s.Update(pods, "default", "web", next, request.WriteOptions{})
	require.NoError(t, err)
	events, rev, err := s.Changes(pods, "default", request.ListOptions{LabelSelector: "app=web"}, from)
	require.NoError(t, err)
	require.Equal(t, s.Revision(), rev)
	require.Len(t, events, 2)
	require.Equal(t, request.Added, events[0].Type)
	require.Equal(t, request.Deleted, events[1].Type)
}
