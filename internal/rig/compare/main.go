//go:build linux && (amd64 || arm64)

// Command compare measures how long a container takes, from nothing to the end of /bin/true in it, beside what others need for the same: a C
// program with the same system calls, and, in the rig only, runc, crun and bubblewrap (scripts/bench-isolate).
//
// Every round starts each contestant once, in turn, so that what disturbs the machine disturbs all of them. It prints medians and the
// quickest start, which is what an undisturbed machine can do, and for each aim the median of the rounds' own ratios.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/isolate"
)

func main() {
	dir := flag.String("dir", "/compare", "`folder` with slipway, measure, calls and rootfs")
	runs := flag.Int("runs", 60, "rounds")
	serving := flag.String("serve", "", "start a container for each line of input: `walls` or limits")
	heap := flag.Int("heap", 0, "MiB of heap to hold meanwhile")
	flag.Parse()
	var err error
	if *serving != "" {
		err = serve(specOf(*dir, *serving == "limits"), *heap)
	} else {
		err = compare(*dir, *runs)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// specOf is the isolation all contestants have: namespaces for mounts, processes, the host name, IPC and the network, a root of its own,
// no capabilities, no new ones, a filter of system calls, and limits if they are asked for.
func specOf(dir string, limits bool) isolate.Spec {
	s := isolate.Spec{Rootfs: filepath.Join(dir, "rootfs"), Args: []string{"/bin/true"}, Open: isolate.CgroupNS | isolate.TimeNS}
	if limits {
		s.Limits = isolate.Limits{Memory: 64 << 20, PIDs: 20, CPU: 500}
	}
	return s
}

// pause lets the kernel take away the namespaces of one start before the next: that is done in the background, under locks that a start needs too.
const pause = 30 * time.Millisecond

func compare(dir string, runs int) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "slipway-compare-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	all, err := contestants(dir, work)
	defer func() {
		for _, c := range all {
			c.close()
		}
	}()
	if err != nil {
		return err
	}
	for i := range all { // what is read from a disk is read; what cannot start says so before an hour is spent
		if _, err := all[i].once(); err != nil {
			return fmt.Errorf("%s: %w", all[i].name, err)
		}
	}
	for round := range runs {
		for i := range all {
			c := &all[(round+i)%len(all)]
			time.Sleep(pause)
			s, err := c.once()
			if err != nil {
				return fmt.Errorf("%s, round %d: %w", c.name, round, err)
			}
			c.samples = append(c.samples, s)
		}
	}
	report(all, runs)
	return nil
}

// kind says on what was measured: figures of an emulated machine are compared with one another only.
func kind() string {
	release, _ := os.ReadFile("/proc/sys/kernel/osrelease")
	cgroup := "v2"
	if host, err := isolate.Detect(); err == nil {
		for _, c := range host.Cgroups {
			if c.Name == "memory" && !c.Unified {
				cgroup = "v1"
			}
		}
	}
	machine := "the host"
	if inRig() {
		machine = "the rig (emulated)"
	}
	return fmt.Sprintf("%s, Linux %s, memory limits by cgroup %s", machine, strings.TrimSpace(string(release)), cgroup)
}

func inRig() bool { return os.Getenv("SLIPWAY_RIG") != "" }

func report(all []contestant, runs int) {
	fmt.Printf("\n%s; medians of %d interleaved starts of /bin/true\n\n", kind(), runs)
	fmt.Printf("%-42s %8s %8s %8s %8s\n", "", "ms", "best", "cpu ms", "RSS MB")
	for _, c := range all {
		rss := "-"
		if c.worker == nil {
			rss = fmt.Sprintf("%.1f", float64(median(c.samples, func(s sample) int64 { return s.rss }))/1e6)
		}
		fmt.Printf("%-42s %8.2f %8.2f %8.2f %8s\n", c.name, float64(median(c.samples, wall))/1e6, float64(best(c.samples, wall))/1e6, float64(median(c.samples, cpu))/1e6, rss)
	}
	fmt.Println()
	for _, a := range aims(inRig() && os.Getenv("RIG_CGROUP") == "v1") {
		us, them := find(all, a.us), find(all, a.them)
		if us == nil || them == nil {
			continue
		}
		r := ratio(us.samples, them.samples, wall)
		fmt.Printf("aim: %s / %s: %.2f (best %.2f, cpu %.2f), at most %.2f: %s\n", a.us, a.them, r,
			float64(best(us.samples, wall))/float64(best(them.samples, wall)), ratio(us.samples, them.samples, cpu), a.most, verdict(r <= a.most))
	}
	if c := find(all, "slipway run, limits"); c != nil {
		most := float64(largest(c.samples, func(s sample) int64 { return s.rss })) / 1e6
		fmt.Printf("aim: memory of slipway run: %.1f MB at the most, under 8: %s\n", most, verdict(most < 8))
	}
}

func verdict(reached bool) string {
	if reached {
		return "reached"
	}
	return "MISSED"
}
