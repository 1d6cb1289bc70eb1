package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/slipway-dev/slipway/isolate"
)

// exitStatus is what a command inside a container left with: slipway leaves with the same.
type exitStatus int

func (e exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

func runContainer(args []string, out, errs io.Writer) error {
	f := newFlags("run", "[--rootfs DIR] [flags] -- COMMAND [ARGUMENTS]")
	flags := addContainerFlags(f)
	if err := parse(f, args, out, errs); err != nil {
		return err
	}
	spec, err := flags.parsed(f.Args())
	if err != nil {
		return err
	}
	cmd := isolate.Command(spec)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, out, errs
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	defer signal.Stop(signals)
	if err := cmd.Start(); err != nil {
		return err
	}
	go forward(cmd, signals)
	err = cmd.Wait()
	var exit *isolate.ExitError
	if errors.As(err, &exit) {
		return exitStatus(exit.Code)
	}
	return err
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
	f := newFlags("explain", "[--rootfs DIR] [flags] -- COMMAND [ARGUMENTS]")
	flags := addContainerFlags(f)
	format := f.String("o", "", "print json")
	if err := parse(f, args, out, errs); err != nil {
		return err
	}
	spec, err := flags.parsed(f.Args())
	if err != nil {
		return err
	}
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
	switch *format {
	case "":
		_, err = io.WriteString(out, plan.String())
	case "json":
		enc := json.NewEncoder(out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		err = enc.Encode(plan)
	default:
		return fmt.Errorf("-o %s is not known; json is", *format)
	}
	return err
}
