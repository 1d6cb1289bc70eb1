// Package command is what the programs under cmd share: subcommands with their help, flags, and how an error becomes an exit
// code. A program is a Table of Commands; main is os.Exit(table.Run(os.Args[1:], os.Stdout, os.Stderr)).
package command

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
)

// Command is one subcommand.
type Command struct {
	Name, Short string
	Run         func(args []string, out, errs io.Writer) error
}

// Table is a program, or a subcommand that has subcommands itself.
type Table struct {
	Name, Short string // Name as it is typed, such as "slipway lesson"; Short is its sentence in the help, or empty
	Commands    []Command
}

// ErrUsage says that the words of the command line are wrong; the command has said how.
var ErrUsage = errors.New("usage")

// Exit is an error that has been told already and is an exit code: that of the command that was run, for example.
type Exit int

func (e Exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// Run is main without the process: it returns the exit code, 0 for success, 1 for failure, 2 for wrong usage.
func (t Table) Run(args []string, out, errs io.Writer) int {
	err := t.Do(args, out, errs)
	var exit Exit
	switch {
	case errors.As(err, &exit):
		return int(exit)
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, ErrUsage):
		return 2
	}
	fmt.Fprintln(errs, "slipway:", err)
	return 1
}

// Do runs the subcommand that the first word names.
func (t Table) Do(args []string, out, errs io.Writer) error {
	if len(args) == 0 {
		t.help(errs)
		return ErrUsage
	}
	if i := slices.IndexFunc(t.Commands, func(c Command) bool { return c.Name == args[0] }); i >= 0 {
		return t.Commands[i].Run(args[1:], out, errs)
	}
	switch args[0] {
	case "help", "--help", "-help", "-h":
		t.help(out)
		return nil
	}
	fmt.Fprintf(errs, "%s: unknown command %q\n\n", t.Name, args[0])
	t.help(errs)
	return ErrUsage
}

func (t Table) help(w io.Writer) {
	if t.Short != "" {
		fmt.Fprintf(w, "%s: %s\n\n", t.Name, t.Short)
	}
	fmt.Fprintf(w, "Usage: %s COMMAND\n\nCommands:\n", t.Name)
	for _, c := range t.Commands {
		fmt.Fprintf(w, "  %-9s %s\n", c.Name, c.Short)
	}
	fmt.Fprintf(w, "\nUse \"%s COMMAND --help\" for more about a command.\n", t.Name)
}

// Flags are the flags of a subcommand of slipway, with its line of usage.
func Flags(name, args string) *flag.FlagSet {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.Usage = func() {
		fmt.Fprintf(f.Output(), "Usage: slipway %s %s\n", name, args)
		f.PrintDefaults()
	}
	return f
}

// Parse reads flags. Help that was asked for goes to out, complaints go to errs.
func Parse(f *flag.FlagSet, args []string, out, errs io.Writer) error {
	f.SetOutput(errs)
	if slices.ContainsFunc(args, func(a string) bool { return a == "-h" || a == "--help" || a == "-help" }) {
		f.SetOutput(out)
	}
	err := f.Parse(args)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		return ErrUsage
	}
	return err
}
