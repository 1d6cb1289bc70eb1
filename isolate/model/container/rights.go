package container

import (
	"encoding/binary"

	"github.com/slipway-dev/slipway/isolate"
	"github.com/slipway-dev/slipway/isolate/model"
)

func capset(_ *run, p *model.Process, a []isolate.Arg) (int64, model.Errno) {
	word := func(i int) uint64 { return uint64(binary.LittleEndian.Uint32(a[1].Bytes[4*i:])) }
	set := func(low, high int) model.CapSet { return model.CapSet(word(low) | word(high)<<32) }
	return 0, p.Capset(set(0, 3), set(1, 4), set(2, 5))
}

func prctl(_ *run, p *model.Process, a []isolate.Arg) model.Errno {
	switch a[0].Value {
	case setKeepCaps:
		return p.KeepCaps(a[1].Value != 0)
	case dropBounding:
		return p.DropBounding(model.Cap(a[1].Value))
	case noNewPrivs:
		p.SetNoNewPrivs()
	case ambient:
		if a[1].Value == ambientRaise {
			return p.SetAmbient(model.Cap(a[2].Value), true)
		}
		for c := range model.CapNames {
			if e := p.SetAmbient(model.Cap(c), false); e != model.OK {
				return e
			}
		}
	}
	return model.OK // the death of the parent, and being dumped, which nobody does here
}

func prlimit(_ *run, p *model.Process, a []isolate.Arg) model.Errno {
	return p.Setrlimit(int(a[1].Value), model.Rlimit{
		Soft: binary.LittleEndian.Uint64(a[2].Bytes), Hard: binary.LittleEndian.Uint64(a[2].Bytes[8:]),
	})
}

func setgroups(_ *run, p *model.Process, a []isolate.Arg) model.Errno {
	var groups []uint32
	for b := a[1].Bytes; len(b) >= 4; b = b[4:] {
		groups = append(groups, binary.LittleEndian.Uint32(b))
	}
	return p.Setgroups(groups)
}

// seccomp installs the plan's own filter: the instructions are run, not their meaning guessed.
func seccomp(r *run, p *model.Process, a []isolate.Arg) model.Errno {
	program := a[2].Bytes
	arch := r.plan.Arch
	return p.Seccomp(func(call string, args []uint64) model.Errno {
		number, ok := arch.SyscallNumber(call)
		if !ok {
			return model.ENOSYS
		}
		return verdict(program, number, args)
	})
}

// verdict runs a filter over a call. Source: linux/filter.h; seccomp(2), struct seccomp_data.
func verdict(program []byte, number uint32, args []uint64) model.Errno {
	const amd64 = 0xc000003e
	var data [64]byte
	binary.LittleEndian.PutUint32(data[0:], number)
	binary.LittleEndian.PutUint32(data[4:], amd64)
	for i, v := range args {
		binary.LittleEndian.PutUint64(data[16+8*i:], v)
	}
	acc := uint32(0)
	for pc := 0; pc+8 <= len(program); pc += 8 {
		in := program[pc : pc+8]
		k := binary.LittleEndian.Uint32(in[4:])
		jump := func(holds bool) {
			if holds {
				pc += 8 * int(in[2])
			} else {
				pc += 8 * int(in[3])
			}
		}
		switch binary.LittleEndian.Uint16(in) {
		case 0x20: // load
			acc = binary.LittleEndian.Uint32(data[k&60:])
		case 0x54: // and
			acc &= k
		case 0x05: // jump
			pc += 8 * int(k)
		case 0x15: // equal
			jump(acc == k)
		case 0x35: // at least
			jump(acc >= k)
		case 0x45: // has a bit
			jump(acc&k != 0)
		case 0x06: // return
			if k>>16 == 0x7fff {
				return model.OK
			}
			return model.Errno(k & 0xfff)
		}
	}
	return model.ENOSYS
}
