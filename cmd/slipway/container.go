package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/slipway-dev/slipway/internal/command"
	"github.com/slipway-dev/slipway/isolate"
)

func runContainer(args []string, out, errs io.Writer) error {
	f := command.Flags("run", "[--rootfs DIR] [flags] -- COMMAND [ARGUMENTS]")
	flags := addContainerFlags(f)
	apart := f.Bool("detach", false, "leave it running and print its name; see ps, logs, kill and rm")
	own := f.String("record", "", "`folder` of a detached container, for the program that awaits it")
	if err := command.Parse(f, args, out, errs); err != nil {
		return err
	}
	spec, err := flags.parsed(f.Args())
	if err != nil {
		return err
	}
	if *apart && spec.Terminal {
		return errors.New("--detach leaves no one to sit at a terminal; start it without, and use slipway exec -it")
	}
	if *apart {
		if spec.Name == "" {
			spec.Name = fmt.Sprintf("c%d", os.Getpid())
		}
		if strings.ContainsAny(spec.Name, "/.") { // it names a folder of ours; the rest is checked with the spec
			return fmt.Errorf("--name %q: use letters, digits, '-' and '_'", spec.Name)
		}
		return detach(spec.Name, withoutDetach(args, f.NArg()), out)
	}
	spec.Group = *own != "" // so that it can be counted and paused
	return attend(isolate.Command(spec), *own, out, errs)
}

// withoutDetach are the flags and the command, for the program that awaits the container. The last of two --name counts, so ours comes first.
func withoutDetach(args []string, command int) []string {
	flags := slices.DeleteFunc(slices.Clone(args[:len(args)-command]), func(a string) bool {
		return a == "-detach" || a == "--detach" || a == "-detach=true" || a == "--detach=true"
	})
	return append(flags, args[len(args)-command:]...)
}

// attend runs a command and waits for it, handing signals on. own is the folder its container is recorded in, if it is.
func attend(cmd *isolate.Cmd, own string, out, errs io.Writer) error {
	cmd.Stdout, cmd.Stderr = out, errs
	if own == "" {
		cmd.Stdin = os.Stdin
	} else {
		closeOnExec(waitingFD)
	}
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, forwarded...) // to the end of the program: one more signal must not keep what is made from being taken away
	if cmd.Spec.Terminal {
		cmd.Spec.TerminalSize = callersSize()
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	go forward(cmd, signals)
	restore := sit(cmd)
	defer restore()
	var note *record
	var err error
	if own != "" {
		if note, err = started(own, cmd); err != nil {
			_ = cmd.Kill()
		}
	}
	waited := cmd.Wait()
	restore()
	if note != nil {
		err = note.ended(own, cmd.State.Code)
	}
	var exit *isolate.ExitError
	if errors.As(waited, &exit) {
		waited = command.Exit(exit.Code)
	}
	return errors.Join(err, waited)
}

// forward hands signals on. The command is process 1 of its namespace and gets only those it asked for, so the second of a kind kills.
func forward(cmd *isolate.Cmd, signals <-chan os.Signal) {
	seen := make(map[os.Signal]bool)
	for s := range signals {
		if seen[s] {
			_ = cmd.Kill()
			continue
		}
		seen[s] = true
		if s, ok := s.(syscall.Signal); ok {
			_ = cmd.Signal(s)
		}
	}
}

func explain(args []string, out, errs io.Writer) error {
	f := command.Flags("explain", "[--rootfs DIR] [flags] -- COMMAND [ARGUMENTS]")
	flags := addContainerFlags(f)
	join := f.String("join", "", "explain slipway exec: how the command gets into this detached `container`")
	format := f.String("o", "", "print json")
	if err := command.Parse(f, args, out, errs); err != nil {
		return err
	}
	spec, err := flags.parsed(f.Args())
	if err == nil && *join != "" {
		spec, err = joining(*join, flags, f.Args())
	}
	if err != nil {
		return err
	}
	return printPlan(spec, *format, out)
}

func printPlan(spec isolate.Spec, format string, out io.Writer) error {
	host, err := isolate.Detect()
	var unsupported *isolate.UnsupportedError
	if err != nil && !errors.As(err, &unsupported) {
		return err
	}
	if unsupported != nil {
		host = isolate.Host{} // a plan for Linux, as root
	}
	plan, err := isolate.Build(spec, host)
	if err != nil {
		return err
	}
	switch format {
	case "":
		_, err = io.WriteString(out, plan.String())
	case "json":
		enc := json.NewEncoder(out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		err = enc.Encode(plan)
	default:
		return fmt.Errorf("-o %s is not known; json is", format)
	}
	return err
}
