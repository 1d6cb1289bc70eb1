package image

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func tree(t testing.TB, entries ...Entry) Tree {
	t.Helper()
	out, err := Tree{}.Apply(Layer{Entries: entries})
	require.NoError(t, err)
	return out
}

func paths(t Tree) string {
	var out []string
	for _, e := range t.Entries() {
		out = append(out, e.Path)
	}
	return strings.Join(out, " ")
}

func TestALayerAddsChangesAndHides(t *testing.T) {
	base := tree(t, Dir("etc"), File("etc/motd", "hello"), File("etc/passwd", "root"), Dir("var"), File("var/log", "x"), File("var/tmp/y", ""))
	for _, test := range []struct {
		name  string
		layer []Entry
		want  string
	}{
		{"nothing", nil, "etc etc/motd etc/passwd var var/log var/tmp var/tmp/y"},
		{"a new file makes its folders", []Entry{File("a/b/c", "")}, "a a/b a/b/c etc etc/motd etc/passwd var var/log var/tmp var/tmp/y"},
		{"a whiteout deletes", []Entry{Whiteout("etc/motd")}, "etc etc/passwd var var/log var/tmp var/tmp/y"},
		{"of a folder, all of it", []Entry{Whiteout("var")}, "etc etc/motd etc/passwd"},
		{"opaque empties a folder", []Entry{Opaque("var"), File("var/new", "")}, "etc etc/motd etc/passwd var var/new"},
		{"and the root", []Entry{Opaque(""), File("bin", "")}, "bin"},
		{"a mark does not touch its own layer", []Entry{File("etc/motd", "new"), Whiteout("etc/motd")}, "etc etc/motd etc/passwd var var/log var/tmp var/tmp/y"},
		{"a file takes the place of a folder", []Entry{File("var", "")}, "etc etc/motd etc/passwd var"},
		{"a folder that of a file", []Entry{File("etc/motd/x", "")}, "etc etc/motd etc/motd/x etc/passwd var var/log var/tmp var/tmp/y"},
		{"a link is not followed", []Entry{Link("var/tmp", "/etc"), File("var/tmp/shadow", "")}, "etc etc/motd etc/passwd var var/log var/tmp var/tmp/shadow"},
	} {
		got, err := base.Apply(Layer{Entries: test.layer})
		require.NoError(t, err, test.name)
		require.Equal(t, test.want, paths(got), test.name)
	}
	require.Equal(t, "etc etc/motd etc/passwd var var/log var/tmp var/tmp/y", paths(base), "the tree below stays")
}

func TestWhatALayerMustNotHold(t *testing.T) {
	for problem, e := range map[string]Entry{
		"is the root itself":            File("", ""),
		"is not a clean path":           File("../etc/shadow", ""),
		"no . and no ..":                File("a/../../b", ""),
		"no empty parts":                File("/etc/passwd", ""),
		"holds a zero byte":             File("a\x00b", ""),
		"beyond 07777":                  {Path: "a", Kind: Regular, Mode: 0o10000},
		"is a link to nothing":          {Path: "a", Kind: Symlink},
		"more than 255 bytes":           File(strings.Repeat("a", 256), ""),
		"is a whiteout of nothing":      File("etc/.wh.", ""),
		"and must be a regular file":    {Path: "etc/.wh.motd", Kind: Directory},
		`"etc/.wh..." is a whiteout of`: File("etc/.wh...", ""),
	} {
		_, err := Tree{}.Apply(Layer{Entries: []Entry{e}})
		var wrong *EntryError
		require.True(t, errors.As(err, &wrong), problem)
		require.ErrorContains(t, err, problem)
	}
	_, err := Tree{}.Apply(Layer{Entries: []Entry{File("a", ""), Dir("a")}})
	require.ErrorContains(t, err, `"a" is in the layer twice`)
}

// entries draws files of a small world, so that paths meet.
func entries(t *rapid.T) []Entry {
	var out []Entry
	part := rapid.SampledFrom([]string{"a", "b", "a-b", "a.b"})
	for range rapid.IntRange(0, 12).Draw(t, "files") {
		path := strings.Join(rapid.SliceOfN(part, 1, 3).Draw(t, "path"), "/")
		e := rapid.SampledFrom([]Entry{File(path, "1"), File(path, "2"), Program(path, "1"), Dir(path), Link(path, "a"), {Path: path, Kind: CharDev, Major: 1, Minor: 3}}).Draw(t, "file")
		out = append(out, e)
	}
	return out
}

func random(t *rapid.T) Tree {
	var out Tree
	for _, e := range entries(t) {
		out, _ = out.Apply(Layer{Entries: []Entry{e}})
	}
	return out
}

func TestDiffLeadsFromOneTreeToTheOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := random(t), random(t)
		change := Diff(a, b)
		got, err := a.Apply(change)
		require.NoError(t, err)
		require.True(t, slices.Equal(b.Entries(), got.Entries()), "%v, want %v", got, b)
		require.Empty(t, Diff(b, got).Entries, "and from there nothing is left to do")
		alone, err := Tree{}.Apply(Layer{Entries: b.Entries()})
		require.NoError(t, err)
		require.True(t, slices.Equal(b.Entries(), alone.Entries()), "a tree is a layer over nothing")
	})
}

func TestTheArchiveIsOneTheStandardLibraryReads(t *testing.T) {
	long := strings.Repeat("long/", 40) + "name"
	l := Layer{Entries: []Entry{
		{Path: "bin/twin", Kind: Hardlink, Link: "bin/ztool", Mode: 0o755}, {Path: "bin/ztool", Kind: Regular, Mode: 0o4755, UID: 7, GID: 1 << 22, Data: "#!"},
		Dir("bin"), Link("etc/l", long), File(long, strings.Repeat("x", 513)), {Path: "dev/null", Kind: CharDev, Mode: 0o666, Major: 1, Minor: 3},
		{Path: "run/pipe", Kind: Fifo, Mode: 0o600}, {Path: "dev/sda", Kind: BlockDev, Mode: 0o660, Major: 8},
	}}
	r := tar.NewReader(bytes.NewReader(l.Tar()))
	got := map[string]*tar.Header{}
	var names []string
	for {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		got[h.Name], names = h, append(names, h.Name)
		b, err := io.ReadAll(r)
		require.NoError(t, err)
		if h.Name == long {
			require.Len(t, b, 513)
		}
	}
	require.Equal(t, []string{"bin/", "bin/ztool", "dev/null", "dev/sda", "etc/l", long, "run/pipe", "bin/twin"}, names, "sorted, hard links last")
	require.EqualValues(t, 0o4755, got["bin/ztool"].Mode)
	require.Equal(t, 7, got["bin/ztool"].Uid)
	require.Equal(t, 1<<22, got["bin/ztool"].Gid, "a number of more digits than fit")
	require.EqualValues(t, 3, got["dev/null"].Devminor)
	require.Equal(t, long, got["etc/l"].Linkname)
	require.Equal(t, "bin/ztool", got["bin/twin"].Linkname)
	require.EqualValues(t, tar.TypeFifo, got["run/pipe"].Typeflag)
}

func TestTheArchiveIsOneTarReads(t *testing.T) {
	program, err := exec.LookPath("tar")
	if err != nil {
		t.Skip("there is no tar here; the standard library reads it in another test")
	}
	cmd := exec.Command(program, "-tvf", "-")
	cmd.Stdin = bytes.NewReader(Layer{Entries: []Entry{Dir("etc"), File("etc/motd", "hello")}}.Tar())
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	require.Contains(t, string(out), "etc/motd")
	require.NotContains(t, string(out), "tar:")
}

func TestNamesAreSums(t *testing.T) {
	a, b := Layer{Entries: []Entry{File("a", "1"), File("b", "2")}}, Layer{Entries: []Entry{File("b", "2"), File("a", "1")}}
	require.Equal(t, a.DiffID(), b.DiffID(), "the order in which files are listed is of no matter")
	sum := sha256.Sum256(a.Tar())
	require.Equal(t, Digest("sha256:"+hex.EncodeToString(sum[:])), a.DiffID())
	m := Image{Layers: []Layer{a, {Entries: []Entry{Whiteout("a")}, CreatedBy: `RUN rm "a"`}}, Config: Config{Env: []string{"A=\n\x01ö"}, Cmd: []string{"sh"}, User: "1", WorkingDir: "/"}}
	ids := m.ChainIDs()
	require.Equal(t, a.DiffID(), ids[0])
	require.Equal(t, digest([]byte(string(ids[0])+" "+string(m.Layers[1].DiffID()))), ids[1])

	var config struct {
		Architecture, OS string
		Config           struct {
			User, WorkingDir string
			Env, Cmd         []string
		}
		RootFS struct {
			Type    string
			DiffIDs []string `json:"diff_ids"`
		}
		History []struct {
			CreatedBy string `json:"created_by"`
		}
	}
	require.NoError(t, json.Unmarshal(m.ConfigJSON(), &config), string(m.ConfigJSON()))
	require.Equal(t, "amd64", config.Architecture)
	require.Equal(t, "layers", config.RootFS.Type)
	require.Equal(t, []string{string(a.DiffID()), string(m.Layers[1].DiffID())}, config.RootFS.DiffIDs)
	require.Equal(t, `RUN rm "a"`, config.History[1].CreatedBy)
	require.Equal(t, []string{"A=\n\x01ö"}, config.Config.Env)
	require.Equal(t, digest(m.ConfigJSON()), m.ID())
}

func TestCommitIsOneLayer(t *testing.T) {
	m := Image{Layers: []Layer{{Entries: []Entry{File("etc/motd", "hello"), File("old", "")}}}}
	next := tree(t, File("etc/motd", "bye"))
	after, err := m.Commit(next, "by hand")
	require.NoError(t, err)
	require.Len(t, m.Layers, 1, "the image it was made from stays")
	require.Equal(t, []Entry{Whiteout("old"), File("etc/motd", "bye")}, after.Layers[1].Entries)
	same, err := after.Commit(next, "nothing new")
	require.NoError(t, err)
	require.Len(t, same.Layers, 2)
	got, err := after.Tree()
	require.NoError(t, err)
	require.Equal(t, next, got)
	require.NotEqual(t, m.ID(), after.ID())
}

func FuzzApply(f *testing.F) {
	f.Add("etc/motd", "etc/.wh.motd", "etc")
	f.Add("a/b", ".wh..wh..opq", "a")
	f.Fuzz(func(t *testing.T, one, two, three string) {
		below, err := Tree{}.Apply(Layer{Entries: []Entry{File(one, "x")}})
		if err != nil {
			return
		}
		after, err := below.Apply(Layer{Entries: []Entry{File(two, ""), Dir(three)}})
		if err != nil {
			return
		}
		for _, e := range after.Entries() {
			require.NoError(t, e.Check())
			if dir, _ := split(e.Path); dir != "" {
				folder, ok := after.Find(dir)
				require.True(t, ok && folder.Kind == Directory, "everything stands in a folder")
			}
		}
	})
}
