// Command bench times labels against k8s.io/apimachinery in one process, the sides taking turns, and prints Go benchmark
// lines for benchstat:
//
//	go run ./bench -rounds 20 -only 'Parse|String' | benchstat -col /side -
//
// Each round times every side of every case once, so that a noisy moment hits both.
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"testing"
)

// a side is one way to do what a case is about; set-up is done before op is returned.
type side struct {
	name string
	op   func(b *testing.B)
}

// sides may be a set-up that is done only if the case is wanted.
type benchCase struct {
	name  string
	sides func() []side
}

func main() {
	rounds := flag.Int("rounds", 20, "how often each side is timed")
	only := flag.String("only", "", "regular expression of case names")
	benchtime := flag.String("time", "20ms", "how long each timing takes at least")
	testing.Init()
	flag.Parse()
	if err := flag.Set("test.benchtime", *benchtime); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	wanted, err := regexp.Compile(*only)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	fmt.Printf("goos: %s\ngoarch: %s\npkg: github.com/slipway-dev/slipway/labels\n", runtime.GOOS, runtime.GOARCH)
	for _, c := range allCases() {
		if wanted.MatchString(c.name) {
			run(c, *rounds)
		}
	}
}

func run(c benchCase, rounds int) {
	sides := c.sides()
	for range rounds {
		for _, s := range sides {
			r := testing.Benchmark(func(b *testing.B) {
				b.ReportAllocs()
				s.op(b)
			})
			fmt.Printf("Benchmark%s/side=%s\t%s\t%s\n", c.name, s.name, r.String(), r.MemString())
		}
	}
}

func allCases() []benchCase {
	var all []benchCase
	for _, group := range [][]benchCase{parseCases(), labelSelectorCases(), validateCases(), stringCases(), matchCases(), indexCases()} {
		all = append(all, group...)
	}
	return all
}
