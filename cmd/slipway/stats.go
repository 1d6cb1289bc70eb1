package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/slipway-dev/slipway/internal/command"
	"github.com/slipway-dev/slipway/isolate"
)

func pause(args []string, out, errs io.Writer) error {
	return freeze("pause", args, out, errs, isolate.Running.Freeze)
}

func unpause(args []string, out, errs io.Writer) error {
	return freeze("unpause", args, out, errs, isolate.Running.Thaw)
}

func freeze(name string, args []string, out, errs io.Writer, do func(isolate.Running) error) error {
	r, err := oneRecord(command.Flags(name, "CONTAINER"), args, out, errs)
	if err != nil {
		return err
	}
	if !r.running() {
		return fmt.Errorf("%s does not run: %s", r.Name, r.status())
	}
	return do(r.container())
}

// usage is a line of stats.
type usage struct {
	Name string
	isolate.Stats
}

func stats(args []string, out, errs io.Writer) error {
	f := command.Flags("stats", "[-o json] [CONTAINER...]")
	format := f.String("o", "", "print json")
	if err := command.Parse(f, args, out, errs); err != nil {
		return err
	}
	all, err := records()
	if err != nil {
		return err
	}
	for _, name := range f.Args() {
		if _, err := recordOf(name); err != nil {
			return err
		}
	}
	used := []usage{}
	for _, r := range all {
		named := f.NArg() == 0 || slices.Contains(f.Args(), r.Name)
		switch {
		case named && r.running():
			used = append(used, usage{r.Name, r.container().Stats()})
		case named && f.NArg() > 0:
			return fmt.Errorf("%s does not run: %s", r.Name, r.status())
		}
	}
	switch *format {
	case "":
		return printUsage(used, out)
	case "json":
		return json.NewEncoder(out).Encode(used)
	}
	return fmt.Errorf("-o %s is not known; json is", *format)
}

// printUsage says "-" where no group counts.
func printUsage(used []usage, out io.Writer) error {
	table := tabwriter.NewWriter(out, 0, 8, 3, ' ', 0)
	fmt.Fprintln(table, "NAME\tCPU\tTHROTTLED\tMEMORY\tPEAK\tPIDS\tREAD\tWRITTEN")
	for _, u := range used {
		counted := func(controller, text string) string {
			if !slices.Contains(u.Counted, controller) {
				return "-"
			}
			return text
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", u.Name,
			counted("cpu", u.CPU.Round(time.Millisecond).String()), counted("cpu", u.ThrottledTime.Round(time.Millisecond).String()),
			counted("memory", of(mebibytes(u.Memory), u.MemoryLimit, mebibytes)), counted("memory", mebibytes(u.MemoryPeak)),
			counted("pids", of(count(u.PIDs), u.PIDsLimit, count)), counted("io", mebibytes(u.ReadBytes)), counted("io", mebibytes(u.WrittenBytes)))
	}
	return table.Flush()
}

// of is what is used, and of how much if that is limited.
func of(used string, limit int64, text func(int64) string) string {
	if limit == 0 {
		return used
	}
	return used + " of " + text(limit)
}

func count(n int64) string { return strconv.FormatInt(n, 10) }

func mebibytes(n int64) string { return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + "M" }
