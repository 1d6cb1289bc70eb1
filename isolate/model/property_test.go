package model

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// sleepForever is a program that only ends when it is killed.
func sleepForever(p *Process) int {
	for {
		p.Sleep(1 << 50)
	}
}

// TestAProcessSeesNoPIDOutsideItsNamespace grows a random tree of processes in nested pid namespaces and looks at it from everywhere.
func TestAProcessSeesNoPIDOutsideItsNamespace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := Boot(Config{})
		defer k.Close()
		procs := []*Process{k.Start(sleepForever)}
		k.Run(k.now, 100, nil)
		for range rapid.IntRange(1, 12).Draw(t, "forks") {
			at := procs[rapid.IntRange(0, len(procs)-1).Draw(t, "parent")]
			if rapid.Bool().Draw(t, "in a new namespace") {
				n := at.ns
				if at.fresh(&n, PIDKind) == OK {
					at.ns = n
				}
			}
			child, e := at.copy()
			if e != OK {
				continue
			}
			child.next = sleepForever
			at.children = append(at.children, child)
			k.wake(child)
			procs = append(procs, child)
		}
		k.Run(k.now, 1000, nil)
		for _, p := range procs {
			seen := map[int]bool{}
			for _, q := range procs {
				inside := q.pidns.within(p.pidns)
				nr := q.nr(p.pidns)
				require.Equal(t, inside, nr != 0, "a number is what a process inside has")
				if inside {
					require.Same(t, q, p.find(nr))
					require.False(t, seen[nr], "a number is one process'")
					seen[nr] = true
				}
			}
			if p.PPID() != 0 {
				require.True(t, p.parent.pidns.within(p.pidns))
			}
		}
	})
}

// TestExecFollowsTheFormulae compares the sets after execve with those of capabilities(7), for a user who is not root.
func TestExecFollowsTheFormulae(t *testing.T) {
	all := IDMap{{0, 0, noID}}
	ns := &UserNS{UIDs: all, GIDs: all}
	set := func(t *rapid.T, name string) CapSet { return CapSet(rapid.Uint64Max(uint64(AllCaps)).Draw(t, name)) }
	rapid.Check(t, func(t *rapid.T) {
		old := Cred{UID: 1000, EUID: 1000, SUID: 1000, GID: 1000, EGID: 1000, NS: ns, Bounding: set(t, "bounding"), Permitted: set(t, "permitted"), Inheritable: set(t, "inheritable")}
		old.Ambient = set(t, "ambient") & old.Permitted & old.Inheritable
		var file *FileCaps
		if rapid.Bool().Draw(t, "file has capabilities") {
			file = &FileCaps{Permitted: set(t, "file permitted"), Inheritable: set(t, "file inheritable"), Effective: rapid.Bool().Draw(t, "file effective")}
		}
		now := old
		e := now.execCaps(file, &old)
		if file == nil {
			require.Equal(t, OK, e)
			require.Equal(t, old.Ambient, now.Permitted)
			require.Equal(t, old.Ambient, now.Effective)
			require.Equal(t, old.Ambient, now.Ambient)
			return
		}
		permitted := (old.Inheritable & file.Inheritable) | (file.Permitted & old.Bounding)
		if file.Effective && file.Permitted&^permitted != 0 {
			require.Equal(t, EPERM, e)
			return
		}
		require.Equal(t, OK, e)
		require.Equal(t, permitted, now.Permitted)
		require.Zero(t, now.Ambient)
		if file.Effective {
			require.Equal(t, permitted, now.Effective)
		} else {
			require.Zero(t, now.Effective)
		}
		require.Equal(t, old.Inheritable, now.Inheritable)
		require.Equal(t, old.Bounding, now.Bounding)
	})
}

// TestUsageStaysBelowTheLimit lets processes take memory and fork in nested cgroups with random limits.
func TestUsageStaysBelowTheLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := Boot(Config{Memory: 64 << 20})
		defer k.Close()
		a := k.newCgroup("a", k.root)
		a.subtree = allControllers
		b := k.newCgroup("b", a)
		a.mem.max = int64(rapid.IntRange(1, 64).Draw(t, "memory of a")) << 18
		b.mem.max = int64(rapid.IntRange(1, 64).Draw(t, "memory of b")) << 18
		a.pids.max, b.pids.max = int64(rapid.IntRange(0, 6).Draw(t, "pids of a")), int64(rapid.IntRange(0, 6).Draw(t, "pids of b"))
		steps := rapid.SliceOfN(rapid.IntRange(0, 20), 1, 20).Draw(t, "steps")
		k.Start(func(p *Process) int {
			b.move(p)
			for _, s := range steps {
				if s < 6 {
					p.Fork(sleepForever)
				} else {
					p.Grow(int64(s) << 16)
				}
			}
			return 0
		})
		k.Run(k.now+1e9, 10000, func() bool {
			for _, g := range []*Cgroup{a, b} {
				require.LessOrEqual(t, g.mem.now, g.mem.max)
				require.LessOrEqual(t, g.pids.now, max(g.pids.max, 1), "only who joins is above the limit")
				require.GreaterOrEqual(t, g.mem.now, int64(0))
			}
			return false
		})
	})
}

// TestDotsDoNotLeaveTheRoot resolves random paths under a chroot.
func TestDotsDoNotLeaveTheRoot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		path := ""
		for _, part := range rapid.SliceOfN(rapid.SampledFrom([]string{"..", ".", "a", "b", "up", "abs", "", "loop"}), 1, 12).Draw(t, "path") {
			path += "/" + part
		}
		k := Boot(Config{})
		defer k.Close()
		k.Start(func(p *Process) int {
			for _, d := range []string{"/jail", "/jail/a", "/jail/a/b", "/a", "/b"} {
				p.Mkdir(d, 0o755)
			}
			p.Symlink("../../..", "/jail/a/up")
			p.Symlink("/a", "/jail/abs")
			p.Symlink("loop", "/jail/loop")
			p.Chroot("/jail")
			p.Chdir("/")
			at, e := p.lookup(path, follow)
			if e == OK {
				_, inside := at.name(p.fs.root)
				require.True(t, inside, path)
			} else {
				require.Contains(t, []Errno{ENOENT, ELOOP}, e, path)
			}
			return 0
		})
		k.Run(k.now+1e9, 1000, nil)
	})
}

// TestIDMapsAreInverse maps ids in and out again.
func TestIDMapsAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		inside, outside := uint32(0), uint32(1000)
		for range rapid.IntRange(1, 5).Draw(t, "ranges") {
			n := rapid.Uint32Range(1, 100).Draw(t, "size")
			text += utoa(uint64(inside)) + " " + utoa(uint64(outside)) + " " + utoa(uint64(n)) + "\n"
			inside += n + rapid.Uint32Range(0, 5).Draw(t, "gap")
			outside += n + rapid.Uint32Range(0, 5).Draw(t, "gap outside")
		}
		m, e := parseIDMap(text)
		require.Equal(t, OK, e)
		id := rapid.Uint32Range(0, 700).Draw(t, "id")
		if out := m.out(id); out != noID {
			in, ok := m.in(out)
			require.True(t, ok)
			require.Equal(t, id, in)
		}
	})
}

// FuzzIDMap writes anything to a uid_map.
func FuzzIDMap(f *testing.F) {
	f.Add("0 1000 1")
	f.Add("0 0 10\n5 100 10\n")
	f.Fuzz(func(t *testing.T, text string) {
		m, e := parseIDMap(text)
		if (e == OK) != (len(m) > 0) {
			t.Fatalf("%q: %v %v", text, m, e)
		}
	})
}
