//go:build amd64 || arm64

package isolate

import (
	"bytes"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestKernelInitIsProcess1(t *testing.T) {
	needKernel(t)
	require.Equal(t, "2", says(t, Spec{Init: true}, "pid"))
	_, err := inside(t, Spec{Init: true}, "exit", "7")
	var exit *ExitError
	require.ErrorAs(t, err, &exit)
	require.Equal(t, 7, exit.Code)

	// CVE-2019-5736: what /proc/1/exe leads to is in sealed memory.
	require.Contains(t, says(t, Spec{Init: true}, "link", "/proc/1/exe"), "/memfd:init")
	out, err := inside(t, Spec{Init: true}, "write", "/proc/1/exe", "x")
	require.Error(t, err)
	require.Regexp(t, "operation not permitted|text file busy|permission denied", out)
}

// The command must not run while process 1 is still the program that starts it: /proc/1/exe would lead to a file of the machine, and who opens it
// could write to it later (CVE-2019-5736). Here process 1 takes its time.
func TestKernelTheCommandWaitsForInit(t *testing.T) {
	needKernel(t)
	host, err := detect(false)
	require.NoError(t, err)
	plan, err := Build(Spec{Rootfs: rootfs(t), Init: true, Args: []string{"/probe", "link", "/proc/1/exe"}}, host)
	require.NoError(t, err)
	part := slices.IndexFunc(plan.Steps, func(s Step) bool { return s.Call == partCall && s.By == Child })
	require.Equal(t, 1, plan.Steps[part].Skip)
	require.Equal(t, Between, plan.Steps[part+1].By)
	plan.Steps[part].Skip = 2
	late := Step{By: Between, Call: "nanosleep", Args: []Arg{words("{0, 200000000}", 0, 200_000_000), null()}, Why: "be late", Man: "nanosleep(2)"}
	plan.Steps = slices.Insert(plan.Steps, part+1, late)
	out, err := os.CreateTemp(t.TempDir(), "out")
	require.NoError(t, err)
	defer out.Close()
	in, err := os.Open(os.DevNull)
	require.NoError(t, err)
	defer in.Close()
	p, err := Start(plan, Files{Stdin: in, Stdout: out, Stderr: out})
	require.NoError(t, err)
	_, err = p.Wait()
	require.NoError(t, err)
	text, err := os.ReadFile(out.Name())
	require.NoError(t, err)
	require.Contains(t, string(text), "/memfd:init")
}

func TestKernelInitHandsSignalsOn(t *testing.T) {
	needKernel(t)
	cmd := command(t, "until")
	cmd.Spec.Init = true
	lines := begun(t, cmd)
	require.NoError(t, cmd.Signal(syscall.SIGTERM))
	line, err := lines.ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "terminated\n", line)
	require.NoError(t, cmd.Wait())

	// Without a handler the command dies, which as process 1 it would not.
	cmd = command(t, "sleep")
	cmd.Spec.Init = true
	begun(t, cmd)
	require.NoError(t, cmd.Signal(syscall.SIGKILL))
	require.Error(t, cmd.Wait())
	require.Equal(t, 9, cmd.State.Signal, "which is all of it")
}

func TestKernelInitEndsAsTheCommandWasEnded(t *testing.T) {
	needKernel(t)
	_, err := inside(t, Spec{Init: true}, "die")
	var exit *ExitError
	require.ErrorAs(t, err, &exit)
	require.Equal(t, 128+15, exit.Code)
}

func TestKernelInitCollectsTheDead(t *testing.T) {
	needKernel(t)
	require.Equal(t, "no zombies", says(t, Spec{Init: true}, "zombies", "30"))
	require.Contains(t, says(t, Spec{}, "zombies", "30"), "30 zombies", "without it they stay")
}

func TestKernelInitIsAsWalledInAsTheCommand(t *testing.T) {
	needKernel(t)
	status := says(t, Spec{Init: true}, "cat", "/proc/1/status")
	for _, set := range auditZero {
		require.Equal(t, "0000000000000000", field(status, set), set)
	}
	require.Equal(t, "1", field(status, "NoNewPrivs"))
	require.Equal(t, "2", field(status, "Seccomp"))
	require.Contains(t, field(status, "Name"), "init")
}

func TestKernelAFailureBehindInitIsNamed(t *testing.T) {
	needKernel(t)
	err := Command(Spec{Rootfs: rootfs(t), Init: true, Args: []string{"/nothing"}}).Run()
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, "no such command inside")
}

// The file is a program by the letter: one segment that is loaded as a whole, and begins behind its headers.
func TestInitIsAnExecutable(t *testing.T) {
	for _, arch := range []Arch{AMD64, ARM64} {
		b := initProgram(arch)
		require.True(t, bytes.HasPrefix(b, []byte("\x7fELF")))
		require.Less(t, len(b), 512, arch)
		p := plan(t, Spec{Init: true}, Host{Arch: arch})
		text := strings.Join(lines(p, Before), "\n")
		require.Contains(t, text, `write(init, {`+strconv.Itoa(len(b))+" bytes of machine code}")
		require.Contains(t, text, "F_SEAL_WRITE")
		require.Equal(t, []string{`execveat(init, "", ["init"], [], AT_EMPTY_PATH)`}, lines(p, Between))
	}
}
