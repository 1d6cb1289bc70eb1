package api_test

import (
	"fmt"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

func ExampleParseQuantity() {
	for _, s := range []string{"0.5", "1024Mi", "1500m", "1K"} {
		q, err := api.ParseQuantity(s)
		if err != nil {
			fmt.Println(s, "->", err)
			continue
		}
		fmt.Printf("%s -> %s, %d milli, %d when rounded up\n", s, q, q.Milli(), q.Value())
	}
	// Output:
	// 0.5 -> 500m, 500 milli, 1 when rounded up
	// 1024Mi -> 1Gi, 1073741824000 milli, 1073741824 when rounded up
	// 1500m -> 1500m, 1500 milli, 2 when rounded up
	// 1K -> unable to parse quantity's suffix
}

func ExampleInvalid() {
	at := api.Field("spec").Child("containers").Index(0)
	fmt.Println(api.Invalid("Pod", "web-1", []api.FieldError{
		api.RequiredAt(at.Child("image").String(), ""),
		api.NotSupportedAt(at.Child("imagePullPolicy").String(), "Sometimes", "Always", "IfNotPresent", "Never"),
	}))
	// Output:
	// Pod "web-1" is invalid: [spec.containers[0].image: Required value, spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"]
}

func ExampleDeepCopy() {
	stored := &api.Pod{Spec: &api.PodSpec{NodeName: "node-1"}}
	mine := api.DeepCopy(stored).(*api.Pod)
	mine.Spec.NodeName = "node-2"
	fmt.Println(stored.Spec.NodeName, mine.Spec.NodeName)
	// Output:
	// node-1 node-2
}
