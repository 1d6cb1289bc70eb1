//go:build linux && (amd64 || arm64)

package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/slipway-dev/slipway/isolate"
)

// planFile writes the plan of a spec as testdata/calls.c reads it, and returns where.
func planFile(spec isolate.Spec, path string) (string, error) {
	host, err := isolate.Detect()
	if err != nil {
		return "", err
	}
	spec.Name = "compare"
	plan, err := isolate.Build(spec, host)
	if err != nil {
		return "", err
	}
	text, err := planText(plan)
	if err != nil {
		return "", err
	}
	return path, os.WriteFile(path, []byte(text), 0o644)
}

func planText(plan isolate.Plan) (string, error) {
	var b strings.Builder
	for i, s := range plan.Steps {
		if s.By == isolate.Beside {
			return "", errors.New("the C program does not wait for its parent")
		}
		fmt.Fprintf(&b, "%d %s %d %d %d %d", s.By, s.Call, s.Tolerate, s.Skip, s.Result, len(s.Args))
		for _, a := range s.Args {
			switch a.Kind {
			case isolate.Number:
				fmt.Fprintf(&b, " n%d", a.Value)
			case isolate.Result:
				fmt.Fprintf(&b, " r%d", a.Value)
			case isolate.Pair:
				fmt.Fprintf(&b, " q%d:%d", a.Value>>32, uint32(a.Value))
			case isolate.String:
				b.WriteString(" s" + hexText([]byte(a.Text)))
			case isolate.Bytes:
				b.WriteString(" s" + hexText(a.Bytes))
			case isolate.Program:
				fmt.Fprintf(&b, " p%d %s", len(a.Bytes)/8, hexText(a.Bytes))
			case isolate.List:
				fmt.Fprintf(&b, " l%d", len(a.List))
				for _, t := range a.List {
					b.WriteString(" " + hexText([]byte(t)))
				}
			default:
				return "", fmt.Errorf("step %d: the C program does not know an argument of kind %v", i+1, a.Kind)
			}
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}

func hexText(b []byte) string { return fmt.Sprintf("%d:%s", len(b), hex.EncodeToString(b)) }

// filterFile writes the filter of system calls as bubblewrap reads it: the kernel's instructions.
func filterFile(spec isolate.Spec, host isolate.Host, path string) error {
	plan, err := isolate.Build(spec, host)
	if err != nil {
		return err
	}
	for _, s := range plan.Steps {
		for _, a := range s.Args {
			if a.Kind == isolate.Program {
				return os.WriteFile(path, a.Bytes, 0o644)
			}
		}
	}
	return errors.New("the plan has no filter")
}
