//go:build amd64 || arm64

package isolate

import (
	"errors"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// The stubs in assembly know where the fields are.
func TestTheStubsKnowTheLayout(t *testing.T) {
	var tb table
	var r row
	require.EqualValues(t, []uintptr{0, 8, 16, 24, 32, 40, 48}, []uintptr{unsafe.Offsetof(tb.rows), unsafe.Offsetof(tb.count), unsafe.Offsetof(tb.at),
		unsafe.Offsetof(tb.errno), unsafe.Offsetof(tb.oldMask), unsafe.Offsetof(tb.allMask), unsafe.Offsetof(tb.between)})
	require.EqualValues(t, []uintptr{0, 8, 56, 64, 72, 80}, []uintptr{unsafe.Offsetof(r.number), unsafe.Offsetof(r.args), unsafe.Offsetof(r.tolerate),
		unsafe.Offsetof(r.skip), unsafe.Offsetof(r.result), unsafe.Sizeof(r)})
	require.EqualValues(t, 88, unsafe.Sizeof(cloneArgs{}))
}

func bare(steps ...Step) Plan {
	p := Plan{Arch: Arch(runtime.GOARCH), Results: append(givenResults(), "a", "b")}
	p.Steps = append(p.Steps, Step{Call: "clone3", Args: []Arg{num(cloneVM | clonePIDFD | cloneClearSighand), num(sigChld)}, Result: refPID})
	for _, s := range steps {
		s.By = Child
		p.Steps = append(p.Steps, s)
	}
	return p
}

func files(t *testing.T) Files {
	t.Helper()
	null, err := os.OpenFile("/dev/null", os.O_RDWR, 0)
	require.NoError(t, err)
	t.Cleanup(func() { null.Close() })
	return Files{Stdin: null, Stdout: null, Stderr: null}
}

var execution = Step{Call: "execve", Args: []Arg{str("/proc/self/exe"), list([]string{"x", "-test.list=^$"}), list(nil)}}

// needTable skips where clone3 is hidden: by user-mode emulation, and by containers.
func needTable(t *testing.T) {
	t.Helper()
	if _, err := Detect(); err != nil {
		lacking(t, err)
	}
	p, err := Start(bare(execution), files(t))
	if errors.Is(err, syscall.ENOSYS) {
		lacking(t, err)
	}
	require.NoError(t, err)
	_, err = p.Wait()
	require.NoError(t, err)
}

// What the table can do, one feature at a time, in a child that does nothing else.
func TestTheTable(t *testing.T) {
	needTable(t)
	execute := execution
	bad := Step{Call: "openat", Args: []Arg{cwd(), str("/nowhere"), num(0)}, Result: firstFree}
	never := Step{Call: "close", Args: []Arg{num(1 << 20)}}
	with := func(s Step, e Errno, skip int) Step { s.Tolerate, s.Skip = e, skip; return s }
	pid := Step{Call: "getpid", Result: firstFree}
	for _, test := range []struct {
		name  string
		steps []Step
		want  string
	}{
		{"nothing but the command", []Step{execute}, ""},
		{"a failure", []Step{pid, bad, execute}, `step 3: openat(AT_FDCWD, "/nowhere", 0) = a: ENOENT`},
		{"a tolerated failure", []Step{with(bad, ENOENT, 0), execute}, ""},
		{"another failure than tolerated", []Step{with(bad, EPERM, 0), execute}, "ENOENT"},
		{"steps left out", []Step{with(bad, ENOENT, 2), never, never, execute}, ""},
		{"one step too few left out", []Step{with(bad, ENOENT, 1), never, never, execute}, "close(1048576)"},
		{"a result is used", []Step{pid, {Call: "kill", Args: []Arg{firstFree.use(), num(0)}}, execute}, ""},
		{"a check that holds", []Step{{Call: "getppid", Result: firstFree}, {Call: checkCall, Args: []Arg{firstFree.use(), num(^uint64(0)), num(uint64(os.Getpid()))}}, execute}, ""},
		{"a check of some bits", []Step{{Call: checkCall, Args: []Arg{num(0xabc), num(0xf0), num(0xb0)}}, execute}, ""},
		{"a check that fails", []Step{{Call: checkCall, Args: []Arg{num(1), num(1), num(0)}}, execute}, "check(1, 1, 0): it is something else"},
		{"killed on the way", []Step{pid, {Call: "kill", Args: []Arg{firstFree.use(), num(sigKill)}}, execute}, "the child was killed here"},
		{"no command", []Step{{Call: "execve", Args: []Arg{str("/nowhere"), list([]string{"x"}), list(nil)}}}, "no such command inside"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, err := Start(bare(test.steps...), files(t))
			if test.want == "" {
				require.NoError(t, err)
				_, err = p.Wait()
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, test.want)
			require.NotContains(t, strings.ToLower(err.Error()), "errno 4096")
		})
	}
}

func TestACallTheArchitectureLacksIsNamed(t *testing.T) {
	p := bare(Step{Call: "nonsense"})
	_, err := Start(p, files(t))
	require.ErrorContains(t, err, "nonsense()")
	require.ErrorContains(t, err, "ENOSYS")
}

// A tolerated step and its errno come through errors.Is as the standard library spells it.
func TestErrorsAreThoseOfTheStandardLibrary(t *testing.T) {
	needTable(t)
	_, err := Start(bare(Step{Call: "openat", Args: []Arg{cwd(), str("/nowhere"), num(0)}}), files(t))
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorIs(t, err, syscall.ENOENT)
}
