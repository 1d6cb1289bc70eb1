package lab

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
	"github.com/slipway-dev/slipway/isolate/model/userland"
)

// setup builds the root file system and starts the shell, as an installer would: by system calls.
func (l *Lab) setup(p *model.Process) int {
	s := setter{p}
	s.dir("/lab", 0o755)
	s.must(p.Unshare(model.MntKind.Flag() | model.UTSKind.Flag() | model.IPCKind.Flag() | model.NetKind.Flag() | model.PIDKind.Flag()))
	s.must(p.Mount("lab", "/lab", "tmpfs", 0, "size=256m,mode=755"))
	s.must(p.Chdir("/lab"))
	s.tree()
	if l.slipway {
		s.program("bin/slipway", "slipway", false)
		for _, name := range userland.Extra() {
			s.program("bin/"+name, name, true)
		}
	}
	s.must(p.PivotRoot(".", "mnt"))
	s.must(p.Chdir("/"))
	s.must(p.Umount("/mnt", true))
	s.must(p.Sethostname("lab"))
	inR, inW, _ := p.Pipe()
	outR, outW, _ := p.Pipe()
	l.in, l.out = p.HostPipe(inW), p.HostPipe(outR)
	_, e := p.Fork(func(p *model.Process) int {
		l.shell = p
		s := setter{p}
		s.mounts()
		p.LinkUp("lo", true)
		for fd, from := range []int{inR, outW, outW} {
			p.Dup2(from, fd+10)
		}
		for fd := range 10 {
			p.Close(fd)
		}
		for fd := range 3 {
			p.Dup2(fd+10, fd)
			p.Close(fd + 10)
		}
		s.must(p.Chdir("/root"))
		s.write("/proc/sys/kernel/ns_last_pid", "4199")
		p.Exec("/bin/sh", []string{"sh", "-i"}, []string{"PATH=/bin", "HOME=/root", "USER=root", "PS1="})
		return 127
	})
	s.must(e)
	p.Signal(model.SIGINT, model.Ignored)
	for {
		if _, e := p.Wait(-1, true); e == model.ECHILD {
			return 0
		}
	}
}

type setter struct{ p *model.Process }

func (s setter) must(e model.Errno) {
	if e != model.OK {
		panic("lab: bug: the lab cannot be set up: " + e.Text())
	}
}

func (s setter) dir(path string, mode uint32) {
	s.must(s.p.Mkdir(path, 0o755))
	s.must(s.p.Chmod(path, mode))
}

func (s setter) write(path, text string) {
	fd, e := s.p.Open(path, model.WriteOnly|model.Create|model.Truncate, 0o644)
	s.must(e)
	_, e = s.p.Write(fd, []byte(text))
	s.must(e)
	s.must(s.p.Close(fd))
}

// program puts a program file into a folder.
func (s setter) program(path, name string, dynamic bool) {
	s.write(path, model.ProgramFile(name, dynamic))
	s.must(s.p.Chmod(path, 0o755))
}

const passwd = `root:x:0:0:root:/root:/bin/sh
alice:x:1000:1000:alice:/home/alice:/bin/sh
bob:x:1001:1001:bob:/home/bob:/bin/sh
nobody:x:65534:65534:nobody:/nonexistent:/bin/false
`

const groups = `root:x:0:
tty:x:5:
disk:x:6:
alice:x:1000:
bob:x:1001:
staff:x:50:alice
nogroup:x:65534:
`

// tree makes the files of the lab in the working directory.
func (s setter) tree() {
	for _, d := range strings.Fields("bin dev etc home lib lib64 mnt proc run srv sys usr var") {
		s.dir(d, 0o755)
	}
	s.dir("root", 0o700)
	s.dir("tmp", 0o1777)
	s.dir("var/tmp", 0o1777)
	for _, l := range [][2]string{{"bin", "sbin"}, {"../bin", "usr/bin"}, {"../bin", "usr/sbin"}} {
		s.must(s.p.Symlink(l[0], l[1]))
	}
	for name, uid := range []int{1000, 1001} {
		path := "home/" + []string{"alice", "bob"}[name]
		s.dir(path, 0o750)
		s.must(s.p.Chown(path, uid, uid, true))
	}
	s.write("etc/passwd", passwd)
	s.write("etc/group", groups)
	s.write("etc/hosts", "127.0.0.1 localhost\n127.0.1.1 lab\n")
	s.write("etc/hostname", "lab\n")
	s.write("etc/shadow", "root:*:17000:0:99999:7:::\nalice:*:17000:0:99999:7:::\nbob:*:17000:0:99999:7:::\nnobody:*:17000:0:99999:7:::\n")
	s.must(s.p.Chmod("etc/shadow", 0o640))
	links, own := userland.Names()
	s.system("bin", "lib64", links)
	s.program("bin/su", "su", false)
	for _, name := range own {
		s.program("bin/"+name, name, true)
	}
	s.image()
}

// system puts busybox, its links and the loader into place.
func (s setter) system(bin, lib string, links []string) {
	s.program(bin+"/busybox", "busybox", true)
	for _, name := range links {
		s.must(s.p.Symlink("busybox", bin+"/"+name))
	}
	s.write(lib+"/ld-linux-x86-64.so.2", "loader\n")
	s.must(s.p.Chmod(lib+"/ld-linux-x86-64.so.2", 0o755))
}

// image makes the small root file system for containers.
func (s setter) image() {
	for _, d := range strings.Fields("srv/img srv/img/bin srv/img/dev srv/img/etc srv/img/lib srv/img/lib64 srv/img/proc srv/img/root srv/img/sys srv/img/tmp") {
		s.dir(d, 0o755)
	}
	s.must(s.p.Chmod("srv/img/tmp", 0o1777))
	s.must(s.p.Chmod("srv/img/root", 0o700))
	s.write("srv/img/etc/image", "img\n")
	s.write("srv/img/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n")
	s.write("srv/img/etc/group", "root:x:0:\n")
	s.system("srv/img/bin", "srv/img/lib64", strings.Fields("cat chmod chown chroot cp echo env false grep head hostname id kill ln ls mkdir mknod mount mv ping pivot_root "+
		"ps pwd readlink rm rmdir sh sleep stat tail touch true umount wc"))
}

// mounts puts the kernel's file systems and the devices into place.
func (s setter) mounts() {
	p := s.p
	s.must(p.Mount("proc", "/proc", "proc", 0, ""))
	s.must(p.Mount("sysfs", "/sys", "sysfs", 0, ""))
	s.must(p.Mount("dev", "/dev", "tmpfs", 0, "size=1m,mode=755"))
	s.dir("/dev/shm", 0o1777)
	s.must(p.Mount("shm", "/dev/shm", "tmpfs", 0, "size=1m"))
	s.must(p.Mount("cgroup2", "/sys/fs/cgroup", "cgroup2", 0, ""))
	p.Umask(0)
	for _, d := range []struct {
		name         string
		major, minor uint32
	}{{"full", 1, 7}, {"null", 1, 3}, {"random", 1, 8}, {"tty", 5, 0}, {"urandom", 1, 9}, {"zero", 1, 5}} {
		s.must(p.Mknod("/dev/"+d.name, model.ModeChar|0o666, d.major, d.minor))
	}
	for _, l := range [][2]string{{"/proc/self/fd", "/dev/fd"}, {"/proc/self/fd/0", "/dev/stdin"}, {"/proc/self/fd/1", "/dev/stdout"}, {"/proc/self/fd/2", "/dev/stderr"}} {
		s.must(p.Symlink(l[0], l[1]))
	}
	p.Umask(0o022)
}
