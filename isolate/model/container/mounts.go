package container

import (
	"encoding/binary"

	"github.com/slipway-dev/slipway/isolate"
	"github.com/slipway-dev/slipway/isolate/model"
)

// attributes are flags of the new mount API as the model has them. Source: mount_setattr(2).
func attributes(bits uint64) model.MountFlags {
	var f model.MountFlags
	for i, flag := range []model.MountFlags{model.MountReadOnly, model.MountNoSuid, model.MountNoDev, model.MountNoExec} {
		if bits>>i&1 == 1 {
			f |= flag
		}
	}
	return f
}

func fsconfig(r *run, p *model.Process, a []isolate.Arg) model.Errno {
	switch a[1].Value {
	case configString:
		return p.FsConfig(r.fd(a[0]), r.text(a[2]), r.text(a[3]))
	case configFlag:
		return p.FsConfig(r.fd(a[0]), r.text(a[2]), "")
	}
	return p.FsCreate(r.fd(a[0]))
}

func fsmount(r *run, p *model.Process, a []isolate.Arg) (int64, model.Errno) {
	return wide(p.FsMount(r.fd(a[0]), attributes(a[2].Value)))
}

// mountSetattr reads struct mount_attr: what to set, what to clear, and the propagation.
func mountSetattr(r *run, p *model.Process, a []isolate.Arg) model.Errno {
	set, private := binary.LittleEndian.Uint64(a[3].Bytes), binary.LittleEndian.Uint64(a[3].Bytes[16:]) != 0
	return p.MountSetattr(r.fd(a[0]), attributes(set), private, a[2].Value&recursive != 0)
}

// mount is called for one thing in a plan: to make all mounts private.
func mount(r *run, p *model.Process, a []isolate.Arg) model.Errno {
	return p.Propagate(r.text(a[1]), model.Private, a[3].Value&msRec != 0)
}

func pivotRoot(r *run, p *model.Process, a []isolate.Arg) model.Errno {
	return p.PivotRoot(r.text(a[0]), r.text(a[1]))
}
