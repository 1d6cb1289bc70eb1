package model_test

import (
	"fmt"

	"github.com/slipway-dev/slipway/isolate/model"
)

// Two processes share a pipe: the reader waits until the writer has slept.
func ExampleProcess_Fork() {
	k := model.Boot(model.Config{})
	defer k.Close()
	k.Start(func(p *model.Process) int {
		began := p.Kernel().Now()
		r, w, _ := p.Pipe()
		p.Fork(func(p *model.Process) int {
			p.Sleep(2_000_000_000)
			p.Write(w, []byte("hello"))
			return 0
		})
		data, e := p.Read(r, 100)
		fmt.Println(string(data), e.Text(), (p.Kernel().Now()-began)/1_000_000_000, "s")
		fmt.Println(p.Mkdir("/proc/x", 0o755).Text())
		return 0
	})
	k.Run(k.Now()+10_000_000_000, 1000, nil)
	// Output:
	// hello Success 2 s
	// No such file or directory
}
