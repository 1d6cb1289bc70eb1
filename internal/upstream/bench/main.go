// Command bench times labels against k8s.io/apimachinery in one process, the sides taking turns, and prints Go benchmark
// lines for benchstat:
//
//	go run ./bench -rounds 20 -only 'Parse|String' | benchstat -col /side -
//
// Each round times every side of every case once, so that a noisy moment hits both; before each, the garbage of the others
// is collected outside of the time (testing.Benchmark does that). With -processor the time is that which the thread had on a
// processor: other work on the machine then counts only in so far as it empties caches.
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"syscall"
	"testing"
	"time"
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
	processor := flag.Bool("processor", false, "count the thread's time on a processor (Linux), not the clock's")
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
			run(c, *rounds, *processor)
		}
	}
}

func run(c benchCase, rounds int, processor bool) {
	sides := c.sides()
	for range rounds {
		for _, s := range sides {
			var used time.Duration
			r := testing.Benchmark(func(b *testing.B) {
				b.ReportAllocs()
				runtime.LockOSThread()
				defer runtime.UnlockOSThread()
				before := threadTime()
				s.op(b)
				used = threadTime() - before
			})
			if processor {
				r.T = used
			}
			fmt.Printf("Benchmark%s/side=%s\t%s\t%s\n", c.name, s.name, r.String(), r.MemString())
		}
	}
}

// threadTime is how long the calling thread has been on a processor.
func threadTime() time.Duration {
	const thread = 1 // RUSAGE_THREAD
	var usage syscall.Rusage
	if err := syscall.Getrusage(thread, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func allCases() []benchCase {
	var all []benchCase
	for _, group := range [][]benchCase{parseCases(), labelSelectorCases(), validateCases(), stringCases(), matchCases(), indexCases()} {
		all = append(all, group...)
	}
	return all
}
