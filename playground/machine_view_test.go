package playground_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/playground"
	"github.com/stretchr/testify/require"
)

// drawn is what a page gets of a machine.
type drawn struct {
	Processes, Cgroups, Mounts, Networks struct {
		Add, Set [][2]json.RawMessage
		Del      []int
	}
}

type process struct {
	Key, Parent, Name, Root                       string
	Pid, Inner, UID, Inside, Filters, More, Level int
	Own, Walls, Caps, Secure                      []string
	Spaces                                        []int64
	Front, NothingNew                             bool
}

type mounts struct {
	Key            string
	Members, First int
	Left, More     int
	Mounts         []struct {
		Place, Part, Type, Source, Options, Propagation string
		Layers                                          *struct {
			Upper   string
			Lowers  []string
			Changes []struct{ Path, How string }
			More    int
		}
	}
}

type network struct {
	Key, Name      string
	Members, First int
	Links          []struct {
		Name, Kind, Tone, Master, Peer, PeerIn string
		Up, Carrier                            bool
		Addresses                              []string
	}
	Routes []string
	More   int
}

type group struct {
	Key    string
	Frozen bool
	Gauges []struct {
		Label, Text, Limit string
		Used, Of           int64
	}
	Counts []struct {
		Label string
		N     int
	}
	More int
}

func items[T any](t testing.TB, list [][2]json.RawMessage) []T {
	var all []T
	for _, pair := range list {
		var it T
		require.NoError(t, json.Unmarshal(pair[1], &it))
		all = append(all, it)
	}
	return all
}

func picture(t testing.TB, s *playground.Session) drawn {
	var d drawn
	require.NoError(t, json.Unmarshal(s.Picture().Patch, &d))
	return d
}

// front is the process that somebody types to.
func front(t testing.TB, s *playground.Session) process {
	for _, p := range items[process](t, picture(t, s).Processes.Add) {
		if p.Front {
			return p
		}
	}
	require.Fail(t, "nobody is typed to")
	return process{}
}

// Each line of a container by hand puts up a wall, and the picture has it.
func TestWallsGoUpOneByOne(t *testing.T) {
	s := onMachine(t)
	bare := front(t, s)
	require.Equal(t, []any{"sh", "/", 1, []string{}, []string{}}, []any{bare.Name, bare.Root, bare.Inner, bare.Own, bare.Walls})
	require.Len(t, bare.Spaces, 8)
	require.Equal(t, []string{"1ffffffffff", "1ffffffffff", "0", "1ffffffffff", "0"}, bare.Caps)
	for _, step := range []struct{ line, own, walls string }{
		{"unshare --uts sh", "uts", "uts"},
		{"unshare --pid --fork --mount-proc sh", "mnt pid uts", "mnt pid"},
		{"unshare --net sh", "mnt net pid uts", "net"},
		{"sh", "mnt net pid uts", ""},
	} {
		types(t, s, step.line)
		p := front(t, s)
		walls := step.walls
		if strings.Contains(step.line, "--fork") {
			walls = "pid" // unshare itself has the mounts; its child differs by the numbers
		}
		require.Equal(t, step.own, strings.Join(p.Own, " "), step.line)
		require.Equal(t, walls, strings.Join(p.Walls, " "), step.line)
	}
	require.Equal(t, 1, front(t, s).Level)
	types(t, s, "chroot /srv/img sh")
	require.Equal(t, "/srv/img", front(t, s).Root)
	types(t, s, "exit")
	require.Equal(t, "/", front(t, s).Root)
}

func TestWhatAProcessMayDoIsInThePicture(t *testing.T) {
	s := onMachine(t)
	types(t, s, "setpriv --bounding-set -chown --no-new-privs sh")
	p := front(t, s)
	require.Equal(t, []string{"1fffffffffe", "1fffffffffe", "0", "1fffffffffe", "0"}, p.Caps)
	require.True(t, p.NothingNew)
	types(t, s, "exit")
	types(t, s, "setpriv --securebits +noroot,+noroot_locked sh")
	require.Equal(t, []string{"noroot", "noroot_locked"}, front(t, s).Secure)
	types(t, s, "exit")
	types(t, s, "setpriv --reuid 1000 --regid 1000 --clear-groups unshare --map-root-user sh")
	p = front(t, s)
	require.Equal(t, []int{1000, 0}, []int{p.UID, p.Inside})
	require.Equal(t, []string{"user"}, p.Own)
}

func TestGroupsShowWhatTheyUseOfTheirLimits(t *testing.T) {
	s := onMachine(t)
	for _, line := range []string{"mkdir /sys/fs/cgroup/a", "echo 3 > /sys/fs/cgroup/a/pids.max", "echo '5000 50000' > /sys/fs/cgroup/a/cpu.max",
		"sh -c 'echo $$ > /sys/fs/cgroup/a/cgroup.procs; sleep 90 & sleep 90 & while :; do :; done' &", "sh -c 'echo $$ > /sys/fs/cgroup/a/cgroup.procs; sleep 90 &'"} {
		types(t, s, line)
	}
	_, err := s.Advance(2 * time.Second)
	require.NoError(t, err)
	var a group
	for _, g := range items[group](t, picture(t, s).Cgroups.Add) {
		if g.Key == "/a" {
			a = g
		}
	}
	used := map[string][2]int64{}
	for _, g := range a.Gauges {
		used[g.Label] = [2]int64{g.Used, g.Of}
	}
	require.Equal(t, [2]int64{3, 3}, used["pids"])
	require.Equal(t, int64(5000), used["cpu"][1])
	require.InDelta(t, 5000, used["cpu"][0], 500, "all of the last period's quota was used")
	counts := fmt.Sprint(a.Counts)
	require.Contains(t, counts, "refused")
	require.Contains(t, counts, "throttled")
	types(t, s, "echo 1 > /sys/fs/cgroup/a/cgroup.freeze")
	for _, g := range items[group](t, picture(t, s).Cgroups.Add) {
		require.Equal(t, g.Key == "/a", g.Frozen)
	}
}

// overlaid makes an overlay in which a file was changed, one was made and one removed.
var overlaid = []string{"mkdir /tmp/up /tmp/work /tmp/over", "mount -t overlay box -o lowerdir=/srv/img,upperdir=/tmp/up,workdir=/tmp/work /tmp/over",
	"echo x >> /tmp/over/etc/passwd", "echo new > /tmp/over/new", "rm /tmp/over/etc/group"}

func TestMountsOfEachNamespaceAndTheLayersOfAnOverlay(t *testing.T) {
	s := onMachine(t)
	for _, line := range overlaid {
		types(t, s, line)
	}
	types(t, s, "unshare --mount sh")
	types(t, s, "mount -t tmpfs secret /mnt")
	list := items[mounts](t, picture(t, s).Mounts.Add)
	require.Len(t, list, 2)
	places := func(m mounts) (all []string) {
		for _, m := range m.Mounts {
			all = append(all, m.Place)
		}
		return all
	}
	require.NotContains(t, places(list[0]), "/mnt")
	require.Contains(t, places(list[1]), "/mnt")
	require.Equal(t, 1, list[1].Members)
	before := s.Machine().Kernel().Work()
	for _, m := range list[0].Mounts {
		if m.Type != "overlay" {
			require.Nil(t, m.Layers)
			continue
		}
		require.Equal(t, "/tmp/over", m.Place)
		require.Equal(t, "/tmp/up", m.Layers.Upper)
		require.Equal(t, []string{"/srv/img"}, m.Layers.Lowers)
		require.ElementsMatch(t, []struct{ Path, How string }{{"/new", "new"}, {"/etc/group", "hidden"}, {"/etc/passwd", "copied"}}, m.Layers.Changes)
	}
	require.Equal(t, before, s.Machine().Kernel().Work(), "looking is no work")
}

// cable is a veth between the machine and a namespace with a name.
var cable = []string{"ip netns add blue", "ip link add v0 type veth peer name eth0 netns blue", "ip link add br0 type bridge", "ip link set v0 master br0",
	"ip link set br0 up; ip link set v0 up; ip addr add 10.0.0.1/24 dev br0", "ip -n blue addr add 10.0.0.2/24 dev eth0; ip -n blue link set eth0 up",
	"ip -n blue route add default via 10.0.0.1"}

func TestNetworksAndTheirCables(t *testing.T) {
	s := onMachine(t)
	for _, line := range cable {
		types(t, s, line)
	}
	list := items[network](t, picture(t, s).Networks.Add)
	require.Len(t, list, 2)
	here, blue := list[0], list[1]
	require.Equal(t, []string{"", "blue"}, []string{here.Name, blue.Name})
	require.Zero(t, blue.Members)
	require.Positive(t, here.Members)
	require.Equal(t, []string{"10.0.0.0/24 dev br0 src 10.0.0.1"}, here.Routes)
	require.Equal(t, []string{"default via 10.0.0.1 dev eth0", "10.0.0.0/24 dev eth0 src 10.0.0.2"}, blue.Routes)
	for _, l := range here.Links {
		if l.Name == "v0" {
			require.Equal(t, []string{"br0", "eth0", blue.Key, "ok"}, []string{l.Master, l.Peer, l.PeerIn, l.Tone})
		}
	}
	types(t, s, "ip link set v0 down")
	for _, l := range items[network](t, picture(t, s).Networks.Add)[0].Links {
		if l.Name == "v0" {
			require.Equal(t, "idle", l.Tone)
		}
	}
}

// The page's tests read the sample; it is what the engine says of this very machine.
func TestAMachinesPatchIsTheSample(t *testing.T) {
	const file = "../testdata/wire/msg-patch-machine.json"
	s := onMachine(t)
	for _, line := range append(append(append([]string{}, overlaid...), cable...), "mkdir /sys/fs/cgroup/box", "echo 8 > /sys/fs/cgroup/box/pids.max",
		"echo $$ > /sys/fs/cgroup/box/cgroup.procs", "sleep 600 & sleep 600 & sleep 600 &", "unshare --uts sh", "unshare --mount --pid --fork sh", "setpriv --bounding-set -chown --no-new-privs sh", "sleep 1 &") {
		types(t, s, line)
	}
	got := s.Picture().Patch
	if *rewrite {
		require.NoError(t, os.WriteFile(file, append(got, '\n'), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.JSONEq(t, string(want), string(got))
}

// Of a crowd the first are told, and how many more there are: nothing is lost silently, and a patch stays small.
func TestACrowdIsCounted(t *testing.T) {
	s := onMachine(t)
	types(t, s, "i=0; while [ $i -lt 450 ]; do sleep 9000 & i=$((i+1)); done; i=0; while [ $i -lt 250 ]; do mkdir /sys/fs/cgroup/g$i; i=$((i+1)); done")
	for range 100 {
		if _, err := s.Advance(time.Second); err != nil || !s.Busy() {
			break
		}
	}
	d := picture(t, s)
	procs, groups := items[process](t, d.Processes.Add), items[group](t, d.Cgroups.Add)
	require.Len(t, procs, 401)
	require.Equal(t, process{Key: "more", More: procs[400].More}, procs[400])
	require.Equal(t, 451-400, procs[400].More)
	require.Len(t, groups, 201)
	require.Positive(t, groups[200].More)
	require.Less(t, len(s.Picture().Patch), 400_000)

	types(t, s, "unshare --uts --mount --net sh")
	require.Equal(t, []string{"mnt", "net", "uts"}, front(t, s).Own, "who is typed to is told, however many others there are")
	d = picture(t, s)
	require.Equal(t, 452-401, items[process](t, d.Processes.Add)[401].More)
	require.Len(t, items[mounts](t, d.Mounts.Add), 2)
	require.Equal(t, 1, items[mounts](t, d.Mounts.Add)[1].Members)
	require.Len(t, items[network](t, d.Networks.Add), 2)
}
