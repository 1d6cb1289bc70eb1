package model

// FSStat is how full a file system is, in bytes. Source: statfs(2).
type FSStat struct{ Size, Free int64 }

// Statfs tells of the file system a path is in.
func (p *Process) Statfs(path string) (FSStat, Errno) {
	p.syscall()
	at, e := p.lookup(path, follow)
	if e != OK {
		return FSStat{}, e
	}
	sb := at.d.ino.sb
	if sb.size <= 0 {
		return FSStat{}, OK
	}
	return FSStat{Size: sb.size, Free: sb.size - sb.used}, OK
}
