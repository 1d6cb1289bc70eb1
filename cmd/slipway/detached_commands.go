package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"text/tabwriter"

	"github.com/slipway-dev/slipway/internal/command"
)

func ps(args []string, out, errs io.Writer) error {
	f := command.Flags("ps", "[-o json]")
	format := f.String("o", "", "print json")
	if err := command.Parse(f, args, out, errs); err != nil {
		return err
	}
	all, err := records()
	if err != nil {
		return err
	}
	switch *format {
	case "":
	case "json":
		return json.NewEncoder(out).Encode(all)
	default:
		return fmt.Errorf("-o %s is not known; json is", *format)
	}
	table := tabwriter.NewWriter(out, 0, 8, 3, ' ', 0)
	fmt.Fprintln(table, "NAME\tPID\tSTATUS\tSTARTED\tCOMMAND")
	for _, r := range all {
		words := make([]string, len(r.Command))
		for i, word := range r.Command {
			words[i] = word
			if quoted := strconv.Quote(word); quoted != `"`+word+`"` || strings.Contains(word, " ") {
				words[i] = quoted
			}
		}
		fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%s\n", r.Name, r.PID, r.status(), r.Started.Format("2006-01-02 15:04:05Z"), strings.Join(words, " "))
	}
	return table.Flush()
}

// killable are signals by name. Without one, kill ends the container as a whole.
var killable = map[string]syscall.Signal{"KILL": syscall.SIGKILL, "TERM": syscall.SIGTERM, "INT": syscall.SIGINT, "QUIT": syscall.SIGQUIT}

func kill(args []string, out, errs io.Writer) error {
	f := command.Flags("kill", "[--signal NAME] CONTAINER")
	name := f.String("signal", "KILL", "KILL, which ends all of it, or TERM, INT, QUIT, which the command may handle")
	r, err := oneRecord(f, args, out, errs)
	if err != nil {
		return err
	}
	sig, known := killable[strings.TrimPrefix(strings.ToUpper(*name), "SIG")]
	if !known {
		return fmt.Errorf("--signal %s is not known; KILL, TERM, INT and QUIT are", *name)
	}
	process, err := os.FindProcess(r.PID) // holds on to the process, where the kernel can
	if err != nil {
		return err
	}
	defer func() { _ = process.Release() }()
	if !r.running() {
		return fmt.Errorf("%s does not run: %s", r.Name, r.status())
	}
	err = process.Signal(sig)
	if c := r.container(); sig == syscall.SIGKILL && c.Stats().Frozen {
		err = errors.Join(err, c.Thaw()) // in v1 who is frozen does not die
	}
	return err
}

func logs(args []string, out, errs io.Writer) error {
	f := command.Flags("logs", "CONTAINER")
	r, err := oneRecord(f, args, out, errs)
	if err != nil {
		return err
	}
	dir, err := runtimeDir()
	if err != nil {
		return err
	}
	file, err := os.Open(filepath.Join(dir, r.Name, logFile))
	if err != nil {
		return err
	}
	_, err = io.Copy(out, file)
	return errors.Join(err, file.Close())
}

func remove(args []string, out, errs io.Writer) error {
	f := command.Flags("rm", "CONTAINER")
	r, err := oneRecord(f, args, out, errs)
	if err != nil {
		return err
	}
	if r.running() {
		return fmt.Errorf("%s runs; slipway kill %s ends it", r.Name, r.Name)
	}
	dir, err := runtimeDir()
	if err != nil {
		return err
	}
	return os.RemoveAll(filepath.Join(dir, r.Name))
}

// oneRecord reads flags and the one name after them.
func oneRecord(f *flag.FlagSet, args []string, out, errs io.Writer) (record, error) {
	if err := command.Parse(f, args, out, errs); err != nil {
		return record{}, err
	}
	if f.NArg() != 1 {
		f.Usage()
		return record{}, command.ErrUsage
	}
	return recordOf(f.Arg(0))
}
