package json_test

import (
	std "encoding/json"
	"testing"

	"github.com/slipway-dev/slipway/internal/json"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

var benched = &api.Pod{
	ObjectMeta: api.ObjectMeta{Name: "web-5d9c-x7k2p", Namespace: "default", Labels: map[string]string{"app": "web", "tier": "front"}},
	Spec: &api.PodSpec{NodeName: "node-1", Containers: []api.Container{
		{Name: "app", Image: "nginx:1.27", Args: []string{"-c", "x"}, Ports: []api.ContainerPort{{ContainerPort: 80}}},
		{Name: "log", Image: "busybox"},
	}},
	Status: api.PodStatus{Phase: api.PodRunning, Conditions: []api.PodCondition{{Type: api.PodReady}, {Type: api.PodScheduled}}},
}

func BenchmarkMarshal(b *testing.B) {
	b.Run("std", func(b *testing.B) {
		for range b.N {
			_, _ = std.Marshal(benched)
		}
	})
	b.Run("ours", func(b *testing.B) {
		for range b.N {
			_, _ = json.Marshal(benched)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	src, err := std.Marshal(benched)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("std", func(b *testing.B) {
		for range b.N {
			var v any
			_ = std.Unmarshal(src, &v)
		}
	})
	b.Run("ours", func(b *testing.B) {
		for range b.N {
			v, _ := json.Parse(src)
			v.Tree(func(digits string) any { return digits })
		}
	})
}
