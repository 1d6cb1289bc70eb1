package model

// Landlock lets the process, its children and their programs execute only what lies at or below an open directory. It can be narrowed by
// another, never taken away.
//
// Errors: EPERM without CAP_SYS_ADMIN unless no_new_privs is set; EBADF. Source: landlock(7), LANDLOCK_ACCESS_FS_EXECUTE.
func (p *Process) Landlock(dir int) Errno {
	p.syscall()
	f, e := p.file(dir)
	if e != OK {
		return e
	}
	if !p.cred.NoNewPrivs && !p.cred.capable(p.cred.NS, CapSysAdmin) {
		return EPERM
	}
	p.programs = append(p.programs[:len(p.programs):len(p.programs)], f.path)
	return OK
}

// mayBeProgram tells whether Landlock lets a file be executed.
func (p *Process) mayBeProgram(at Path) bool {
	for _, top := range p.programs {
		if !at.below(top) {
			return false
		}
	}
	return true
}
