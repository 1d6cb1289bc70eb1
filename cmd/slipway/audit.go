package main

import (
	"debug/elf"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/command"
	"github.com/slipway-dev/slipway/isolate"
)

// auditCommand builds a folder with nothing in it but this program, runs the program in it as the flags say, and prints what the program found.
func auditCommand(args []string, out, errs io.Writer) error {
	f := command.Flags("audit", "[flags]")
	flags := addContainerFlags(f)
	inside := f.String("inside", "", "audit this very process; `facts` of the outside as JSON")
	if err := command.Parse(f, args, out, errs); err != nil {
		return err
	}
	if *inside != "" {
		return auditInside(*inside, out)
	}
	if flags.spec.Rootfs != "" {
		return errors.New("audit brings a folder of its own: leave --rootfs out")
	}
	dir, err := os.MkdirTemp("", "slipway-audit-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	program, err := furnish(dir)
	if err != nil {
		return err
	}
	facts, err := json.Marshal(isolate.Look())
	if err != nil {
		return err
	}
	flags.spec.Rootfs = dir
	spec, err := flags.parsed([]string{program, "audit", "--inside", string(facts)})
	if err != nil {
		return err
	}
	if spec.Open.Has(isolate.Root) {
		spec.Rootfs, spec.Args[0] = "", dir+program
	}
	cmd := isolate.Command(spec)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, out, errs
	err = cmd.Run()
	var exit *isolate.ExitError
	if errors.As(err, &exit) {
		return command.Exit(exit.Code)
	}
	return err
}

func auditInside(facts string, out io.Writer) error {
	var o isolate.Outside
	if err := json.Unmarshal([]byte(facts), &o); err != nil {
		return fmt.Errorf("--inside: %w", err)
	}
	holes := 0
	findings := isolate.Audit(o)
	for _, found := range findings {
		word := "ok  "
		if !found.Holds {
			word, holes = "HOLE", holes+1
		}
		fmt.Fprintf(out, "%s  %-55s %s\n", word, found.ID, strconv.QuoteToGraphic(found.Found))
	}
	fmt.Fprintf(out, "\n%d of %d walls hold\n", len(findings)-holes, len(findings))
	if holes > 0 {
		return command.Exit(1)
	}
	return nil
}

// furnish copies this program into a folder, with the libraries it needs if it was linked with any, and says where it is inside.
func furnish(dir string) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	const program = "/slipway"
	if err := os.Chmod(dir, 0o755); err != nil { // the user inside may be another one
		return "", err
	}
	for _, sub := range []string{"dev", "proc", "sys", "tmp"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o755); err != nil {
			return "", err
		}
	}
	return program, copyProgram(self, dir, program)
}

// copyProgram copies an ELF file to a path below dir, and what it is linked with to where the loader looks for it.
func copyProgram(from, dir, to string) error {
	if _, err := os.Stat(dir + to); err == nil {
		return nil
	}
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(dir+to), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(dir+to, b, 0o755); err != nil {
		return err
	}
	file, err := elf.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	for _, p := range file.Progs {
		if p.Type != elf.PT_INTERP {
			continue
		}
		loader, err := io.ReadAll(p.Open())
		if err != nil {
			return err
		}
		path := strings.TrimRight(string(loader), "\x00")
		if err := copyProgram(path, dir, path); err != nil {
			return err
		}
	}
	libraries, err := file.ImportedLibraries()
	if err != nil {
		return err
	}
	for _, name := range libraries {
		for _, folder := range []string{"/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/lib64", "/lib", "/usr/lib64", "/usr/lib"} {
			if path := folder + "/" + name; exists(path) {
				if err := copyProgram(path, dir, path); err != nil {
					return err
				}
				break
			}
		}
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func inspect(args []string, out, errs io.Writer) error {
	f := command.Flags("inspect", "[-o json] PID")
	format := f.String("o", "", "print json")
	if err := command.Parse(f, args, out, errs); err != nil {
		return err
	}
	pid, err := strconv.Atoi(f.Arg(0))
	if err != nil || f.NArg() != 1 {
		f.Usage()
		return command.ErrUsage
	}
	in, err := isolate.Inspect(pid)
	if err != nil {
		return err
	}
	switch *format {
	case "":
		_, err = io.WriteString(out, in.String())
	case "json":
		enc := json.NewEncoder(out)
		enc.SetIndent("", "  ")
		err = enc.Encode(in)
	default:
		return fmt.Errorf("-o %s is not known; json is", *format)
	}
	return err
}
