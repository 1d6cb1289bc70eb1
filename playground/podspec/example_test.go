package podspec_test

import (
	"fmt"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/playground/podspec"
)

func ExampleOf() {
	pod := &api.Pod{Spec: &api.PodSpec{Containers: []api.Container{{Name: "web", Image: "nginx", Command: []string{"nginx"}}}}}
	pod.Name, pod.UID = "web", "7b5c"
	p := podspec.Of(pod, 0)
	fmt.Println(p.Pause.Name, "runs", p.Pause.Spec.Args, "in", p.Pause.Cgroup)
	for _, c := range p.Containers {
		fmt.Println(c.Name, "runs", c.Spec.Args, "in", c.Cgroup, "and joins", c.Joins)
	}
	// Output:
	// pause runs [/pause] in /kubepods/besteffort/pod7b5c/pause
	// web runs [nginx] in /kubepods/besteffort/pod7b5c/web and joins uts,ipc,net
}
