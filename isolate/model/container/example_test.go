package container_test

import (
	"fmt"

	"github.com/slipway-dev/slipway/isolate/model/lab"
)

// The lab's own slipway carries out the plan that slipway explain prints.
func ExampleSlipway() {
	l := lab.NewWithSlipway()
	defer l.Close()
	out, status := l.Run("slipway run --rootfs /srv/img --hostname box -- sh -c 'hostname; echo $$'")
	fmt.Print(out, status)
	// Output:
	// box
	// 1
	// 0
}
