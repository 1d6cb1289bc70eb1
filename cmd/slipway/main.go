// Command slipway serves the playground, checks and builds its lessons, and runs and explains containers.
//
//	slipway run              run a command in a container
//	slipway explain          print what run would do, without doing it
//	slipway ps|logs|kill|rm  detached containers
//	slipway audit            try, from inside a container, what it should not allow
//	slipway inspect          show the walls around a process
//	slipway play             serve the playground on this machine
//	slipway lesson check     hold lessons to their form and their promises
//	slipway lesson build     write the lessons as the site reads them
//	slipway lesson list      say which lessons there are
//	slipway version          say which version this is
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/slipway-dev/slipway/orchestrate"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// command is one subcommand.
type command struct {
	name, short string
	run         func(args []string, out, errs io.Writer) error
}

func commands() []command {
	return []command{
		{"run", "run a command in a container", runContainer},
		{"explain", "print what run would do, call by call", explain},
		{"ps", "list detached containers", ps},
		{"logs", "print what a detached container printed", logs},
		{"kill", "end a detached container, or send it a signal", kill},
		{"rm", "remove what is kept of a detached container that has ended", remove},
		{"audit", "try from inside a container what it should not allow", auditCommand},
		{"inspect", "show the walls around a process", inspect},
		{"play", "serve the playground on this machine", play},
		{"lesson", "check, build and list lessons", lesson},
		{"version", "say which version this is", version},
	}
}

// errUsage says that the words of the command line are wrong; the command has said how.
var errUsage = errors.New("usage")

// run is main without the process: it returns the exit code, 0 for success, 1 for failure, 2 for wrong usage.
func run(args []string, out, errs io.Writer) int {
	if len(args) == 0 {
		usage(errs)
		return 2
	}
	if args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		usage(out)
		return 0
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return exitCode(c.run(args[1:], out, errs), errs)
		}
	}
	fmt.Fprintf(errs, "slipway: unknown command %q\n\n", args[0])
	usage(errs)
	return 2
}

func exitCode(err error, errs io.Writer) int {
	var status exitStatus
	switch {
	case errors.As(err, &status):
		return int(status)
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errUsage):
		return 2
	}
	fmt.Fprintln(errs, "slipway:", err)
	return 1
}

func usage(w io.Writer) {
	fmt.Fprint(w, "slipway: learn what containers and Kubernetes really are\n\nCommands:\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-9s %s\n", c.name, c.short)
	}
	fmt.Fprint(w, "\nUse \"slipway <command> --help\" for more about a command.\n")
}

// newFlags are the flags of a subcommand, with its line of usage.
func newFlags(name, args string) *flag.FlagSet {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.Usage = func() {
		fmt.Fprintf(f.Output(), "Usage: slipway %s %s\n", name, args)
		f.PrintDefaults()
	}
	return f
}

// parse reads flags. Help that was asked for goes to out, complaints go to errs.
func parse(f *flag.FlagSet, args []string, out, errs io.Writer) error {
	f.SetOutput(errs)
	if slices.ContainsFunc(args, func(a string) bool { return a == "-h" || a == "--help" || a == "-help" }) {
		f.SetOutput(out)
	}
	err := f.Parse(args)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		return errUsage
	}
	return err
}

func version(args []string, out, errs io.Writer) error {
	f := newFlags("version", "[-o json]")
	format := f.String("o", "", "print json")
	if err := parse(f, args, out, errs); err != nil {
		return err
	}
	switch *format {
	case "":
		fmt.Fprintf(out, "slipway %s, behaves like Kubernetes %s\n", orchestrate.Version, orchestrate.KubeletVersion)
	case "json":
		fmt.Fprintf(out, "{\"version\":%q,\"kubernetes\":%q}\n", orchestrate.Version, orchestrate.KubeletVersion)
	default:
		return fmt.Errorf("-o %s is not known; json is", *format)
	}
	return nil
}
