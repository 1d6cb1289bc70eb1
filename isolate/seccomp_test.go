package isolate

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// judged runs a filter as the kernel does: struct seccomp_data in, a verdict out.
func judged(t require.TestingT, code []instruction, arch, number uint32, args [6]uint64) uint32 {
	load := func(offset uint32) uint32 {
		switch {
		case offset == dataNumber:
			return number
		case offset == dataArch:
			return arch
		case offset >= dataArgs && offset%8 == 0:
			return uint32(args[(offset-dataArgs)/8])
		case offset >= dataArgs:
			return uint32(args[(offset-dataArgs)/8] >> 32)
		}
		require.Fail(t, "the filter reads beyond the data")
		return 0
	}
	var a uint32
	for pc, steps := 0, 0; steps < len(code)+1; steps++ {
		require.Less(t, pc, len(code), "the filter runs off its end")
		i := code[pc]
		pc++
		jump := func(holds bool) {
			if holds {
				pc += int(i.jt)
			} else {
				pc += int(i.jf)
			}
		}
		switch i.code {
		case bpfLoad:
			a = load(i.k)
		case bpfAnd:
			a &= i.k
		case bpfJump:
			pc += int(i.k)
		case bpfEqual:
			jump(a == i.k)
		case bpfLeast:
			jump(a >= i.k)
		case bpfSet:
			jump(a&i.k != 0)
		case bpfRet:
			return i.k
		default:
			require.Fail(t, "no such instruction", "%#x", i.code)
		}
	}
	require.Fail(t, "the filter does not end")
	return 0
}

const (
	denied  = verdictErrno | uint32(EPERM)
	missing = verdictErrno | uint32(ENOSYS)
)

// The tree says of every number what a list would say.
func TestTheFilterEqualsTheDumbOne(t *testing.T) {
	for _, arch := range []Arch{AMD64, ARM64} {
		code := filterFor(arch, []string{"ptrace"})
		require.Less(t, len(code), 4096, "the kernel takes no more")
		dumb := map[uint32]uint32{}
		for _, c := range calls {
			n, ok := arch.number(c.name)
			if !ok {
				continue
			}
			dumb[n] = denied
			if slices.Contains(append(DefaultSyscalls(), "ptrace"), c.name) {
				dumb[n] = verdictAllow
			}
		}
		for n := range uint32(2000) {
			want, known := dumb[n]
			if !known {
				want = missing
			}
			if guardedNumber(arch, n) {
				continue
			}
			require.Equal(t, want, judged(t, code, auditArch[arch.column()], n, [6]uint64{}), "%s, call %d", arch, n)
		}
	}
}

func guardedNumber(arch Arch, n uint32) bool {
	return slices.ContainsFunc([]string{"clone", "clone3", "ioctl", "socket", "personality"}, func(name string) bool {
		number, ok := arch.number(name)
		return ok && number == n
	})
}

func TestTheFilterLooksAtArguments(t *testing.T) {
	for _, test := range []struct {
		call string
		args [6]uint64
		want uint32
	}{
		{"clone", [6]uint64{sigChld}, verdictAllow},
		{"clone", [6]uint64{cloneNewUser}, denied},
		{"clone", [6]uint64{cloneNewNS | sigChld}, denied},
		{"clone", [6]uint64{cloneNewNet | 1<<32}, denied},
		{"clone3", [6]uint64{}, missing},
		{"ioctl", [6]uint64{0, 0x5401}, verdictAllow},
		{"ioctl", [6]uint64{0, tiocSTI}, denied},
		{"ioctl", [6]uint64{0, 1<<32 | tiocSTI}, denied}, // CVE-2023-1523: the kernel ignores the upper half
		{"ioctl", [6]uint64{0, tiocLinux}, denied},
		{"socket", [6]uint64{2}, verdictAllow},
		{"socket", [6]uint64{afALG}, denied},
		{"socket", [6]uint64{afVsock}, denied},
		{"personality", [6]uint64{0xffffffff}, verdictAllow},
		{"personality", [6]uint64{0}, verdictAllow},
		{"personality", [6]uint64{0x40000}, denied},
		{"mount", [6]uint64{}, denied},
		{"unshare", [6]uint64{}, denied},
		{"setns", [6]uint64{}, denied},
		{"keyctl", [6]uint64{}, denied},
		{"ptrace", [6]uint64{}, denied},
		{"bpf", [6]uint64{}, denied},
		{"read", [6]uint64{}, verdictAllow},
	} {
		t.Run(fmt.Sprint(test.call, test.args), func(t *testing.T) {
			for _, arch := range []Arch{AMD64, ARM64} {
				n, ok := arch.number(test.call)
				require.True(t, ok)
				require.Equal(t, test.want, judged(t, filterFor(arch, nil), auditArch[arch.column()], n, test.args))
			}
		})
	}
}

func TestOtherWaysIntoTheKernelAreClosed(t *testing.T) {
	code := filterFor(AMD64, nil)
	read := uint32(0)
	require.Equal(t, uint32(verdictKill), judged(t, code, 0x40000003, read, [6]uint64{}), "32-bit calls have other numbers")
	require.Equal(t, missing, judged(t, code, auditArch[0], 0x40000000|read, [6]uint64{}), "so have x32's")
	require.Equal(t, missing, judged(t, code, auditArch[0], 0xffffffff, [6]uint64{}))
}

// Whatever the intervals are, the tree finds each number's.
func TestTheTreeFindsEveryInterval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		firsts := rapid.SliceOfNDistinct(rapid.Uint32Range(1, 1<<30), 0, 600, rapid.ID).Draw(t, "firsts")
		slices.Sort(firsts)
		firsts = append([]uint32{0}, firsts...)
		all := make([]interval, len(firsts))
		for i, first := range firsts {
			all[i] = interval{first, []instruction{{bpfAnd, 0, 0, 0xffffffff}, ret(uint32(i))}}
		}
		code := append([]instruction{{bpfLoad, 0, 0, dataNumber}}, tree(nil, all)...)
		n := rapid.Uint32().Draw(t, "number")
		want, found := slices.BinarySearch(firsts, n)
		if !found {
			want--
		}
		require.Equal(t, uint32(want), judged(t, code, 0, n, [6]uint64{}))
	})
}
