package model

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// Here the real kernel is the judge: random calls are made on this machine and in the model, and must come out equal.

// judged are the capabilities that differ between cases: those that decide about the calls themselves, and some that do not. Every other
// is left alone, because a machine in a container lacks some.
const judged CapSet = 1<<CapChown | 1<<CapDACOverride | 1<<CapSetgid | 1<<CapSetuid | 1<<CapSetpcap | 1<<CapNetRaw | 1<<CapSetfcap

// caseOfCaps is a sequence of calls, and the program file that is executed at its end.
type caseOfCaps struct {
	calls []string
	mode  uint32 // of the file
	owner int
	caps  *FileCaps
}

func randomSet(r *rand.Rand, whole CapSet) CapSet {
	set := CapSet(r.Uint64()) & whole
	if r.IntN(3) == 0 {
		set = whole
	}
	return set
}

// randomCase leaves no_new_privs out where newer says that the kernel is one that asks whether execve itself changes the ids (from 6.16 on);
// the model does as those before, which ask whether the effective ids differ from the real ones.
func randomCase(r *rand.Rand, newer bool) caseOfCaps {
	id := func() int { return []int{-1, 0, 1000, 1001}[r.IntN(4)] }
	ownCap := func() Cap {
		for {
			if c := Cap(r.IntN(41)); judged.Has(c) {
				return c
			}
		}
	}
	var c caseOfCaps
	for range r.IntN(6) {
		var call string
		switch r.IntN(9) {
		case 0, 1:
			call = fmt.Sprintf("setresuid:%d,%d,%d", id(), id(), id())
		case 2:
			permitted := randomSet(r, judged)
			call = fmt.Sprintf("capset:%d,%d,%d", randomSet(r, permitted), permitted, randomSet(r, judged))
		case 3:
			call = fmt.Sprintf("drop:%d", ownCap())
		case 4:
			call = fmt.Sprintf("raise:%d", ownCap())
		case 5:
			call = fmt.Sprintf("securebits:%d", r.IntN(256)&(r.IntN(256)|^r.IntN(256)&0b01010101))
		case 6:
			call = fmt.Sprintf("keepcaps:%d", r.IntN(2))
		case 7:
			if call = fmt.Sprintf("lower:%d", ownCap()); !newer && r.IntN(2) == 0 {
				call = "nonewprivs:"
			}
		case 8:
			call = fmt.Sprintf("setresgid:%d,%d,%d", id(), id(), id())
		}
		c.calls = append(c.calls, call)
	}
	c.owner = max(id(), 0)
	c.mode = 0o755 | []uint32{0, 0, 0, 0o4000, 0o2000, 0o6000}[r.IntN(6)]
	if r.IntN(2) == 0 {
		c.caps = &FileCaps{Permitted: randomSet(r, judged), Inheritable: randomSet(r, judged), Effective: r.IntN(2) == 0}
	}
	return c
}

// TestCapabilitiesAsTheKernel compares errnos and the identity after execve. What it does happens to processes and files of its own.
func TestCapabilitiesAsTheKernel(t *testing.T) {
	if os.Getuid() != 0 {
		const why = "it gives files capabilities and becomes other users, for which it must be root"
		if os.Getenv("SLIPWAY_CONTAINERS") == "required" {
			t.Fatal(why)
		}
		t.Skip(why)
	}
	dir := buildProbe(t)
	var name syscall.Utsname
	require.NoError(t, syscall.Uname(&name))
	var major, minor int
	_, err := fmt.Sscanf(utsText(name.Release[:]), "%d.%d", &major, &minor)
	require.NoError(t, err)
	newer := major > 6 || major == 6 && minor >= 16
	r := rand.New(rand.NewPCG(2017, 10))
	cases := 400
	if testing.Short() {
		cases = 60
	}
	for i := range cases {
		c := randomCase(r, newer)
		want, err := c.real(dir)
		require.NoError(t, err)
		if got := c.modelled(); got != want {
			t.Errorf("case %d: %s\nfile: mode %o, owner %d, capabilities %+v\n- the kernel, + the model\n%s", i, strings.Join(c.calls, " "), c.mode, c.owner, c.caps, difference(want, got))
		}
	}
}

func utsText(chars []int8) string {
	var b strings.Builder
	for _, c := range chars {
		if c == 0 {
			break
		}
		b.WriteByte(byte(c))
	}
	return b.String()
}

// buildProbe is a folder anybody may search, with the probe in it. In the rig, where there is no Go, the probe comes with the test.
func buildProbe(t *testing.T) string {
	dir, err := os.MkdirTemp("", "judge")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o755))
	if ready := os.Getenv("SLIPWAY_PROBE"); ready != "" {
		data, err := os.ReadFile(ready)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, "probe"), data, 0o755))
		return dir
	}
	cmd := exec.Command("go", "build", "-o", filepath.Join(dir, "probe"), "./testdata/probe")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return dir
}

// real makes the calls on this machine.
func (c caseOfCaps) real(dir string) (string, error) {
	program := filepath.Join(dir, "program")
	os.Remove(program)
	data, err := os.ReadFile(filepath.Join(dir, "probe"))
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(program, data, 0o755); err != nil {
		return "", err
	}
	if err := os.Chown(program, c.owner, c.owner); err != nil {
		return "", err
	}
	if err := syscall.Chmod(program, c.mode); err != nil {
		return "", err
	}
	if c.caps != nil {
		if err := syscall.Setxattr(program, "security.capability", c.caps.attribute(), 0); err != nil {
			return "", fmt.Errorf("setxattr: %w", err)
		}
	}
	cmd := exec.Command(filepath.Join(dir, "probe"), append(append([]string{}, c.calls...), "exec:"+program)...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s: %w: %s", strings.Join(c.calls, " "), err, out)
	}
	return maskCaps(string(out)), nil
}

// attribute is the content of security.capability, revision 2. Source: capabilities(7), "File capability extended attribute versioning".
func (f *FileCaps) attribute() []byte {
	var b []byte
	word := func(v uint32) { b = append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24)) }
	revision := uint32(0x02000000)
	if f.Effective {
		revision |= 1
	}
	word(revision)
	for half := range 2 {
		word(uint32(f.Permitted >> (32 * half)))
		word(uint32(f.Inheritable >> (32 * half)))
	}
	return b
}

// maskCaps leaves the judged capabilities of what the probe shows.
func maskCaps(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok && strings.HasPrefix(name, "Cap") {
			set, _ := strconv.ParseUint(strings.TrimSpace(value), 16, 64)
			line = fmt.Sprintf("%s:\t%016x\n", name, CapSet(set)&judged)
		}
		b.WriteString(line)
	}
	return b.String()
}

// modelled makes the calls in the model.
func (c caseOfCaps) modelled() string {
	var b strings.Builder
	show := func(p *Process) int {
		cred := p.cred
		fmt.Fprintf(&b, "Uid:\t%d\t%d\t%d\t%d\nGid:\t%d\t%d\t%d\t%d\n", cred.UID, cred.EUID, cred.SUID, cred.FSUID, cred.GID, cred.EGID, cred.SGID, cred.FSGID)
		for _, set := range []struct {
			name string
			set  CapSet
		}{{"Inh", cred.Inheritable}, {"Prm", cred.Permitted}, {"Eff", cred.Effective}, {"Bnd", cred.Bounding}, {"Amb", cred.Ambient}} {
			fmt.Fprintf(&b, "Cap%s:\t%016x\n", set.name, set.set&judged)
		}
		fmt.Fprintf(&b, "NoNewPrivs:\t%d\nSecure: %d\n", map[bool]int{true: 1}[cred.NoNewPrivs], cred.Secure)
		return 0
	}
	k := Boot(Config{Programs: map[string]Program{"show": show}})
	defer k.Close()
	k.Start(func(p *Process) int {
		p.Mkdir("/d", 0o755)
		fd, _ := p.Open("/d/program", WriteOnly|Create, 0o755)
		p.Write(fd, []byte(ProgramFile("show", false)))
		p.Close(fd)
		p.Chown("/d/program", c.owner, c.owner, true)
		p.Chmod("/d/program", c.mode)
		if c.caps != nil {
			p.SetFileCaps("/d/program", c.caps)
		}
		for _, call := range c.calls {
			name, rest, _ := strings.Cut(call, ":")
			fmt.Fprintln(&b, name, int(p.judgedCall(name, rest)))
		}
		fmt.Fprintln(&b, "exec", int(p.Exec("/d/program", []string{"program", "show"}, nil)))
		return 0
	})
	k.Run(k.now+1e9, 10000, nil)
	return b.String()
}

func (p *Process) judgedCall(name, rest string) Errno {
	var n [3]int
	for i, text := range strings.Split(rest, ",") {
		n[i], _ = strconv.Atoi(text)
	}
	switch name {
	case "setresuid":
		return p.Setresuid(n[0], n[1], n[2])
	case "setresgid":
		return p.Setresgid(n[0], n[1], n[2])
	case "capset":
		return p.Capset(CapSet(n[0]), CapSet(n[1]), CapSet(n[2]))
	case "drop":
		return p.DropBounding(Cap(n[0]))
	case "raise", "lower":
		return p.SetAmbient(Cap(n[0]), name == "raise")
	case "securebits":
		return p.SetSecurebits(Securebits(n[0]))
	case "keepcaps":
		return p.KeepCaps(n[0] == 1)
	case "nonewprivs":
		p.SetNoNewPrivs()
	}
	return OK
}

// difference is what two texts of few lines do not have in common.
func difference(want, got string) string {
	var b strings.Builder
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		var x, y string
		if i < len(w) {
			x = w[i]
		}
		if i < len(g) {
			y = g[i]
		}
		if x == y {
			b.WriteString("  " + x + "\n")
		} else {
			b.WriteString("- " + x + "\n+ " + y + "\n")
		}
	}
	return b.String()
}

// TestPathsAsTheKernel resolves random paths below random trees on this machine, by openat2(2) with RESOLVE_IN_ROOT, and in the model.
func TestPathsAsTheKernel(t *testing.T) {
	r := rand.New(rand.NewPCG(2017, 11))
	trees := 60
	if testing.Short() {
		trees = 15
	}
	for range trees {
		tree := randomTree(r)
		root := t.TempDir()
		var paths []string
		for range 40 {
			paths = append(paths, randomPath(r, 1+r.IntN(6)))
		}
		noLinks := r.IntN(4) == 0
		want := tree.real(t, root, paths, noLinks)
		got := tree.modelled(paths, noLinks)
		for i, path := range paths {
			require.Equal(t, want[i], got[i], "%s, symbolic links refused: %v, in a tree made by\n%s", path, noLinks, strings.Join(tree, "\n"))
		}
	}
}

// pathTree are the steps that make a tree: "dir PATH", "file PATH", "link TARGET PATH". A step that fails on the kernel is left out.
type pathTree []string

var pathNames = []string{"a", "b", "c", "d"}

func randomPath(r *rand.Rand, parts int) string {
	var b strings.Builder
	if r.IntN(3) == 0 {
		b.WriteString("/")
	}
	for i := range parts {
		if i > 0 {
			b.WriteString([]string{"/", "/", "/", "//"}[r.IntN(4)])
		}
		switch r.IntN(8) {
		case 0:
			b.WriteString("..")
		case 1:
			b.WriteString(".")
		default:
			b.WriteString(pathNames[r.IntN(len(pathNames))])
		}
	}
	if r.IntN(6) == 0 {
		b.WriteString("/")
	}
	return b.String()
}

func randomTree(r *rand.Rand) pathTree {
	var steps pathTree
	for range 6 + r.IntN(14) {
		at := "/" + pathNames[r.IntN(len(pathNames))]
		for range r.IntN(3) {
			at += "/" + pathNames[r.IntN(len(pathNames))]
		}
		switch r.IntN(5) {
		case 0:
			steps = append(steps, "file "+at)
		case 1, 2:
			steps = append(steps, "link "+randomPath(r, 1+r.IntN(4))+" "+at)
		default:
			steps = append(steps, "dir "+at)
		}
	}
	return steps
}

// real makes the tree below root; what a step's folder may be must not leave it, so the folder is asked for without links.
func (tree *pathTree) real(t *testing.T, root string, paths []string, noLinks bool) []string {
	var made pathTree
	for _, step := range *tree {
		f := strings.Fields(step)
		at := root + f[len(f)-1]
		if real, err := filepath.EvalSymlinks(filepath.Dir(at)); err != nil || real != filepath.Dir(at) {
			continue
		}
		var err error
		switch f[0] {
		case "dir":
			err = os.Mkdir(at, 0o755)
		case "file":
			var file *os.File
			if file, err = os.OpenFile(at, os.O_CREATE|os.O_EXCL, 0o644); err == nil {
				file.Close()
			}
		case "link":
			err = os.Symlink(f[1], at)
		}
		if err == nil {
			made = append(made, step)
		}
	}
	*tree = made
	dir, err := os.Open(root)
	require.NoError(t, err)
	defer dir.Close()
	var results []string
	for _, path := range paths {
		results = append(results, openIn(int(dir.Fd()), root, path, noLinks))
	}
	return results
}

// openIn is where openat2(2) arrives below root, or the errno.
func openIn(dir int, root, path string, noLinks bool) string {
	const openat2, oPath, inRoot, noSymlinks = 437, 0x200000, 0x10, 0x04
	how := struct{ flags, mode, resolve uint64 }{flags: oPath, resolve: inRoot}
	if noLinks {
		how.resolve |= noSymlinks
	}
	name, err := syscall.BytePtrFromString(path)
	if err != nil {
		return err.Error()
	}
	var fd uintptr
	errno := syscall.EAGAIN // also what it says if anything was renamed or mounted meanwhile, anywhere on the machine: openat2(2)
	for try := 0; errno == syscall.EAGAIN && try < 1000; try++ {
		fd, _, errno = syscall.Syscall6(openat2, uintptr(dir), uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&how)), unsafe.Sizeof(how), 0, 0)
	}
	if errno != 0 {
		return strconv.Itoa(int(errno))
	}
	defer syscall.Close(int(fd))
	at, err := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", fd))
	if err != nil {
		return err.Error()
	}
	return "/" + strings.TrimPrefix(strings.TrimPrefix(at, root), "/")
}

func (tree pathTree) modelled(paths []string, noLinks bool) (results []string) {
	k := Boot(Config{})
	defer k.Close()
	k.Start(func(p *Process) int {
		p.Mkdir("/root", 0o755)
		for _, step := range tree {
			f := strings.Fields(step)
			at := "/root" + f[len(f)-1]
			switch f[0] {
			case "dir":
				p.Mkdir(at, 0o755)
			case "file":
				fd, _ := p.Open(at, WriteOnly|Create, 0o644)
				p.Close(fd)
			case "link":
				p.Symlink(f[1], at)
			}
		}
		dir, _ := p.Open("/root", ReadOnly, 0)
		for _, path := range paths {
			fd, e := p.OpenIn(dir, path, PathOnly, noLinks)
			if e != OK {
				results = append(results, strconv.Itoa(int(e)))
				continue
			}
			at, _ := p.fds[fd].file.path.name(p.fs.root)
			results = append(results, "/"+strings.TrimPrefix(strings.TrimPrefix(at, "/root"), "/"))
			p.Close(fd)
		}
		return 0
	})
	k.Run(k.now+1e9, 1_000_000, nil)
	return results
}
