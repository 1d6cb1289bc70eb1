package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/isolate"
)

// record is what is known of a detached container. It lies in a folder of its own beside the container's log, so that no process
// needs to be asked, and none needs to remember.
type record struct {
	Name    string
	Command []string
	Spec    isolate.Spec // what a command that joins it must have too
	PID     int          // outside
	Born    string       // when the process began, in the kernel's ticks: a number alone may be somebody else's by now
	Started time.Time
	Ended   *time.Time `json:",omitempty"`
	Code    int        // once it has ended
}

const (
	recordFile = "record.json"
	logFile    = "log"
	waitingFD  = 3 // where the program that awaits a container says that it runs
)

// runtimeDir holds the folders of detached containers, and is the caller's alone.
func runtimeDir() (string, error) {
	dir := filepath.Join(os.TempDir(), "slipway-"+strconv.Itoa(os.Getuid()))
	if above := os.Getenv("XDG_RUNTIME_DIR"); above != "" {
		dir = filepath.Join(above, "slipway")
	} else if os.Getuid() == 0 {
		dir = "/run/slipway"
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	// Somebody may have made a folder of this name before: then it cannot be closed to others by us.
	if err := os.Chmod(dir, 0o700); err != nil {
		return "", fmt.Errorf("%s is not yours: %w", dir, err)
	}
	return dir, nil
}

// detach starts this program again, apart from the terminal, to run and await the container, and returns when the command runs.
func detach(name string, args []string, out io.Writer) error {
	dir, err := runtimeDir()
	if err != nil {
		return err
	}
	own := filepath.Join(dir, name)
	if err := os.Mkdir(own, 0o700); errors.Is(err, os.ErrExist) {
		return fmt.Errorf("there is a container %s; slipway rm %s removes it once it has ended", name, name)
	} else if err != nil {
		return err
	}
	err = supervise(own, name, args)
	if err != nil {
		_ = os.RemoveAll(own)
		return err
	}
	fmt.Fprintln(out, name)
	return nil
}

func supervise(own, name string, args []string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	log, err := os.OpenFile(filepath.Join(own, logFile), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	cmd := exec.Command(self, append([]string{"run", "--record", own, "--name", name}, args...)...)
	cmd.Stdout, cmd.Stderr, cmd.ExtraFiles, cmd.SysProcAttr = log, log, []*os.File{w}, apart
	err = cmd.Start()
	_ = w.Close()
	if err != nil {
		return err
	}
	problem, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if string(problem) == "started" {
		return cmd.Process.Release()
	}
	_ = cmd.Wait()
	text, _ := os.ReadFile(log.Name())
	return errors.New(strings.TrimPrefix(strings.TrimSpace(string(text)), "slipway: "))
}

// started notes that the command runs and tells whoever waits for it.
func started(own string, cmd *isolate.Cmd) (*record, error) {
	r := &record{Name: filepath.Base(own), Command: cmd.Args, Spec: cmd.Spec, PID: cmd.Process.PID, Born: born(cmd.Process.PID), Started: time.Now().UTC()}
	if err := r.write(own); err != nil {
		return nil, err
	}
	waiting := os.NewFile(waitingFD, "waiting")
	_, err := waiting.WriteString("started")
	return r, errors.Join(err, waiting.Close())
}

func (r *record) ended(own string, code int) error {
	now := time.Now().UTC()
	r.Ended, r.Code = &now, code
	return r.write(own)
}

// write replaces the record as a whole: who reads it sees the old one or the new one.
func (r *record) write(own string) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(own, recordFile+".new"), text, 0o600); err != nil {
		return err
	}
	return os.Rename(filepath.Join(own, recordFile+".new"), filepath.Join(own, recordFile))
}

// born is when a process began, in ticks since the machine did; "" if there is none.
func born(pid int) string {
	r, _ := isolate.Find(pid)
	return r.Born
}

// status is what ps says. A record without an end whose process is gone lost the program that should have noted the end.
func (r *record) status() string {
	switch {
	case r.Ended != nil:
		return fmt.Sprintf("exited (%d)", r.Code)
	case !r.running():
		return "lost"
	case r.container().Stats().Frozen:
		return "paused"
	}
	return "running"
}

// running says that its first process is there, even if it stands still.
func (r *record) running() bool { return r.Ended == nil && r.Born != "" && born(r.PID) == r.Born }

func (r *record) container() isolate.Running {
	c, _ := isolate.Find(r.PID)
	c.Born = r.Born
	return c
}

// records are all of them, by name.
func records() ([]record, error) {
	dir, err := runtimeDir()
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "*", recordFile))
	if err != nil {
		return nil, err
	}
	var all []record
	for _, file := range files {
		text, err := os.ReadFile(file)
		var r record
		if err == nil && json.Unmarshal(text, &r) == nil {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b record) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

func recordOf(name string) (record, error) {
	all, err := records()
	if err != nil {
		return record{}, err
	}
	i := slices.IndexFunc(all, func(r record) bool { return r.Name == name })
	if i < 0 {
		return record{}, fmt.Errorf("there is no container %q; slipway ps lists them", name)
	}
	return all[i], nil
}
