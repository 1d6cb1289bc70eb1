package main

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/internal/command"
	"github.com/slipway-dev/slipway/isolate"
)

// Whatever is typed, it is a usage error, an error that says what is wrong, or a plan.
func FuzzRunFlags(f *testing.F) {
	for _, line := range []string{"--rootfs /r -- /x a b", "--rootfs /r --memory 64m --cpus 0.5 --pids 20 -- x", "--memory -1 -- /x", "--cpus NaN -- /x", "--cpus 1e300 -- /x", "--memory 9999999999g -- /x",
		"--only uts,pid -- /x", "--open all -- /x", "--user 5:6 --cap-add kill,chown --cap-drop kill -- /x", "--bind a:b:c:d -- /x", "--bind /a:/b:rw --tmpfs /t --read-only --rootfs / -- /x",
		"--uid-map 0:100000:65536 --gid-map 0:1 -- /x", "--net host --hostname h --workdir .. --env A=b -- /x", "--scratch 1 --swap 1k --cpu-weight 5 --cpuset 0-1 --allow-syscall mount -- /x", "--", ""} {
		f.Add(strings.ReplaceAll(line, " ", "\x00"))
	}
	f.Fuzz(func(t *testing.T, line string) {
		set := command.Flags("run", "")
		flags := addContainerFlags(set)
		if command.Parse(set, strings.Split(line, "\x00"), io.Discard, io.Discard) != nil {
			return
		}
		spec, err := flags.parsed(set.Args())
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		plan, err := isolate.Build(spec, isolate.Host{})
		var wrong *isolate.SpecError
		if err != nil {
			require.True(t, errors.As(err, &wrong))
			return
		}
		require.NotEmpty(t, plan.Steps)
		require.GreaterOrEqual(t, spec.Limits.Memory, int64(0), "no limit turns into none, or into its opposite")
		require.GreaterOrEqual(t, spec.Limits.CPU, int64(0))
	})
}
