//go:build amd64 || arm64

package isolate

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"
)

// Stats reads what the container's cgroups have counted.
func (r Running) Stats() Stats {
	return statsOf(r.Groups, func(path string) (string, bool) {
		text, err := os.ReadFile(path)
		return string(text), err == nil
	})
}

// Freeze stops all processes of the container where they are, and returns when they stand. They can be killed, and started in it no more, until
// [Running.Thaw].
func (r Running) Freeze() error { return r.freeze(true) }

// Thaw lets the processes of a frozen container go on.
func (r Running) Thaw() error { return r.freeze(false) }

func (r Running) freeze(frozen bool) error {
	for _, g := range r.Groups {
		file, text := g.Dir+"/freezer.state", "THAWED"
		if frozen {
			text = "FROZEN"
		}
		if g.Unified {
			file, text = g.Dir+"/cgroup.freeze", "0" // Linux 5.2
			if frozen {
				text = "1"
			}
		}
		err := writeOnce(file, text)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("isolate: %w", err)
		}
		return r.settle(file, text, frozen)
	}
	return ErrNoFreezer
}

// writeOnce writes to a file of the kernel's, which must be there.
func writeOnce(file, text string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// settle waits until all stand, or go. v1 may have missed a process that was just being born: there it is written again.
func (r Running) settle(file, text string, frozen bool) error {
	for wait := time.Millisecond; wait < 4*time.Second; wait *= 2 {
		if r.Stats().Frozen == frozen {
			return nil
		}
		time.Sleep(wait)
		if strings.HasSuffix(file, "freezer.state") {
			_ = writeOnce(file, text)
		}
	}
	return fmt.Errorf("isolate: write(%q, %q): the processes do not come to rest; one of them waits in the kernel, or traces another", file, text)
}
