package model

// The character devices the machine has, by their minor number of major 1 (memory) or 5 (the terminal of the process).
const (
	devNull    = 3
	devZero    = 5
	devFull    = 7
	devRandom  = 8
	devURandom = 9
)

// openDevice finds the driver: ENXIO if there is none.
func (p *Process) openDevice(f *File) Errno {
	i := f.ino
	if i.Mode&ModeType == ModeChar && i.Major == 1 {
		switch i.Minor {
		case devNull, devZero, devFull, devRandom, devURandom:
			return OK
		}
	}
	return ENXIO
}

func (p *Process) readDevice(f *File, n int) ([]byte, Errno) {
	switch f.ino.Minor {
	case devNull:
		return nil, OK
	case devRandom, devURandom:
		data := make([]byte, n)
		for i := range data {
			// Nothing in the model is a secret: what it needs is the same bytes for the same session.
			p.k.noise = p.k.noise*6364136223846793005 + 1442695040888963407
			data[i] = byte(p.k.noise >> 56)
		}
		p.Spend(int64(n))
		return data, OK
	}
	p.Spend(int64(n) / 8)
	return make([]byte, n), OK
}

func (p *Process) writeDevice(f *File, data []byte) (int, Errno) {
	if f.ino.Minor == devFull {
		return 0, ENOSPC
	}
	return len(data), OK
}
