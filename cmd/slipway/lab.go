package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/slipway-dev/slipway/internal/command"
)

// labProgram has the subcommands that need a web server and a Markdown library, which would make each start of a container slower.
const labProgram = "slipway-lab"

// inLab is the subcommand of this name as slipway-lab has it. The process becomes that program where the system can do so.
func inLab(name string) func(args []string, out, errs io.Writer) error {
	return func(args []string, out, errs io.Writer) error {
		path, err := findLab()
		if err != nil {
			return fmt.Errorf("%s is in a program of its own, %s, which is neither beside slipway nor on the PATH; "+
				"go install github.com/slipway-dev/slipway/cmd/...@latest installs both", name, labProgram)
		}
		args = append([]string{name}, args...)
		if out == os.Stdout && errs == os.Stderr {
			if err := become(path, args); !errors.Is(err, errors.ErrUnsupported) {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
		cmd := exec.Command(path, args...)
		cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, out, errs
		err = cmd.Run()
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return command.Exit(exit.ExitCode())
		}
		return err
	}
}

// findLab looks beside this program first, so that the two are of one version.
func findLab() (string, error) {
	if self, err := os.Executable(); err == nil {
		if self, err = filepath.EvalSymlinks(self); err == nil {
			if path, err := exec.LookPath(filepath.Join(filepath.Dir(self), labProgram)); err == nil {
				return path, nil
			}
		}
	}
	return exec.LookPath(labProgram)
}
