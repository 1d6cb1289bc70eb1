package lab

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// sessions are lines typed one after the other, each with what comes of it.
var sessions = []struct {
	name  string
	lines [][2]string
}{
	{"the shell", [][2]string{
		{"for i in 1 2 3; do echo $i; done | tail -1", "3\n"},
		{"f() { echo in f $1; return 3; }; f x; echo $?", "in f x\n3\n"},
		{"case abc in a*) echo yes;; *) echo no;; esac", "yes\n"},
		{"x=5; while [ $x -gt 0 ]; do x=$((x-1)); [ $x = 2 ] && break; done; echo $x", "2\n"},
		{"echo a b c | { read x y; echo $y; }", "b c\n"},
		{"x='a b  c'; echo $x; echo \"$x\"; set -- $x; echo $#", "a b c\na b  c\n3\n"},
		{"IFS=:; y=a:b; set -- $y; echo $1 $2; unset IFS", "a b\n"},
		{"echo ${nosuch:-word} ${x#a } ${#x} $((1+2*3))", "word b c 6 7\n"},
		{"printf '%5s|%-5s|%05d|%x\\n' a b 42 255", "    a|b    |00042|ff\n"},
		{"exec 3>/tmp/o; echo hi >&3; exec 3>&-; cat /tmp/o", "hi\n"},
		{"mkfifo p; cat p & echo hello > p; wait", "hello\n"},
		{"echo /etc/h*; echo [x-z]*; echo /*bin/", "/etc/hostname /etc/hosts\n[x-z]*\n/bin/ /sbin/\n"},
		{"sleep 9 & jobs; kill $!", "[1]+  Running                    sleep 9\n"},
		{"echo $- $# $$", "si 2 1\n"},
		{"nosuch", "sh: nosuch: not found\n"},
		{"sh -c 'cd /nosuch; echo on'", "sh: cd: line 0: can't cd to /nosuch: No such file or directory\non\n"},
		{"if", ""}, {"then", "sh: syntax error: unexpected \"then\"\n"},
	}},
	{"signals and children", [][2]string{
		{"sh -c 'trap \"echo int\" INT; kill -INT $$; echo after'", "int\nafter\n"},
		{"sh -c 'sleep 5' & sleep 0.1; kill -TERM $!; wait $!; echo $?", "Terminated\n143\n"},
		{"timeout 0.2 sleep 5; echo $?", "Terminated\n143\n"},
		{"sleep 30 & sleep 0.1; kill -STOP $!; grep State /proc/$!/status; kill -9 $!; wait $!", "State:\tT (stopped)\nKilled\n"},
		{"sh -c 'exit 300'; echo $?; (exit 7); echo $?", "44\n7\n"},
		{"su alice -c 'kill -9 1'", "sh: can't kill pid 1: Operation not permitted\n"},
	}},
	{"files", [][2]string{
		{"umask 077; touch a; mkdir d; stat -c '%a %F' a d", "600 regular empty file\n700 directory\n"},
		{"touch d/x; ln d/x y; stat -c %h y; ln -s y z; readlink z; find . -type l", "2\ny\n./z\n"},
		{"rmdir d", "rmdir: 'd': Directory not empty\n"},
		{"mv y /dev/shm/y; ls -l /dev/shm | cut -c1-10", "total 0\n-rw-------\n"},
		{"cp -r /etc e; ls e | wc -l; cmp /etc/passwd e/passwd; rm -r e", "5\n"},
		{"echo one two > w; awk '{print $2, NF}' w; sed s/one/1/ w; grep -c o w", "two 2\n1 two\n1\n"},
		{"mount -t tmpfs -o size=1m small /mnt; head -c 2000000 /dev/zero > /mnt/big; stat -c %s /mnt/big", "head: write error: No space left on device\n1048576\n"},
		{"mount -o remount,ro /mnt; touch /mnt/q; umount /mnt", "touch: /mnt/q: Read-only file system\n"},
	}},
	{"mounts hear of each other", [][2]string{
		{"mkdir /tmp/a /tmp/b; mount -t tmpfs a /tmp/a; mount --make-shared /tmp/a; mount --bind /tmp/a /tmp/b; mkdir /tmp/a/x", ""},
		{"mount -t tmpfs x /tmp/a/x; grep -c '/x ' /proc/mounts", "2\n"},
		{"unshare -m --propagation slave sh -c 'findmnt -n -o PROPAGATION /tmp/a; mount -t tmpfs y /tmp/a/x'; grep -c '/x ' /proc/mounts", "private,slave\n2\n"},
		{"umount /tmp/a/x; grep -c '/x ' /proc/mounts", "0\n"},
	}},
	{"an overlay", [][2]string{
		{"cd /tmp; mkdir l u w m; echo low > l/f; mkdir l/d; echo x > l/d/y; mount -t overlay -o lowerdir=l,upperdir=u,workdir=w o m", ""},
		{"echo new >> m/f; cat l/f; cat u/f", "low\nlow\nnew\n"},
		{"mv m/f m/g; ls m; stat -c '%n %F' u/f u/g", "d\ng\nu/f character special file\nu/g regular file\n"},
		{"ln m/g m/h; echo more >> m/h; tail -1 m/g; stat -c %h m/h u/g", "more\n2\n2\n"},
		{"rm -r m/d; stat -c %F u/d; ls l", "character special file\nd\nf\n"},
	}},
	{"roots", [][2]string{
		{"cp -a /srv/img /tmp/c; unshare -m sh -c 'mount --bind /tmp/c /tmp/c; cd /tmp/c; pivot_root . .; umount -l .; ls /srv; cat /etc/image'", "ls: /srv: No such file or directory\nimg\n"},
		{"pivot_root /tmp/c /tmp/c/root", "pivot_root: pivot_root: Device or resource busy\n"},
		{"chroot /tmp/c nosuch; echo $?", "chroot: can't execute 'nosuch': No such file or directory\n127\n"},
		{"su alice -c 'ln -s /etc/passwd /tmp/l'; cat /tmp/l", "cat: can't open '/tmp/l': Permission denied\n"},
		{"mount --make-shared /tmp", "mount: /tmp: Invalid argument\n"},
	}},
	{"networks", [][2]string{
		{"ip link add v0 type veth peer name v1; ip link set v0 up; ip -br link show v1 | awk '{print $1,$2}'", "v1@v0 DOWN\n"},
		{"ip link set nosuch up", "Cannot find device \"nosuch\"\n"},
		{"ip link set v0 down; ip -br link show v0 | awk '{print $2}'; ip link set lo master v0", "DOWN\nError: Device does not allow enslaving to it.\n"},
		{"ip addr add 10.7.0.1/24 dev v0; ip addr add 10.7.0.2/24 dev v0; ip addr del 10.7.0.1/24 dev v0; ip -br addr show v0 | wc -w", "2\n"},
		{"ip route add default via 10.0.0.1", "Error: Nexthop has invalid gateway.\n"},
		{"ip netns add a; ip netns add r; ip link add e0 netns a type veth peer name e1 netns r; ip -n a addr add 10.1.0.2/24 dev e0; ip -n a link set e0 up; ip -n a route add default via 10.1.0.1", ""},
		{"ip -n r addr add 10.1.0.1/24 dev e1; ip -n r link set e1 up; ip -n a route add default via 10.1.0.1; ip netns exec a ping -c 1 -q 10.1.0.1 | grep -c ' 0% '", "RTNETLINK answers: File exists\n1\n"},
	}},
	{"cgroups", [][2]string{
		{"cd /sys/fs/cgroup; mkdir a; echo 0 > a/cpu.weight; echo x > a/cpu.weight", "sh: write error: Numerical result out of range\nsh: write error: Invalid argument\n"},
		{"echo 2 > a/pids.max; sh -c 'echo $$ > a/cgroup.procs; sleep 5 & sleep 5 & wait'; cat a/pids.events", "sh: can't fork: Resource temporarily unavailable\nmax 1\n"},
		{"mkdir m; echo 8M > m/memory.max; sh -c 'echo $$ > m/cgroup.procs; head -c 20m /dev/zero | tail > /dev/null'; grep oom_kill' ' m/memory.events", "Killed\noom_kill 1\n"},
		{"mkdir d; chown -R alice d; su alice -c 'mkdir /sys/fs/cgroup/d/x; echo $$ > /sys/fs/cgroup/d/x/cgroup.procs'", "sh: write error: Permission denied\n"},
		{"mkdir f; sleep 100 & echo $! > f/cgroup.procs; echo 1 > f/cgroup.freeze; kill $!; wc -l < f/cgroup.procs; echo 0 > f/cgroup.freeze; sleep 0.1; wc -l < f/cgroup.procs", "1\n0\n"},
	}},
	{"namespaces", [][2]string{
		{"unshare -p -f sh -c 'sleep 10 & exit 0'; pidof sleep", ""},
		{"unshare -u -n sh -c 'hostname q; exec sleep 50' & sleep 0.2; nsenter -t $! -u hostname; su alice -c \"nsenter -t $! -u hostname\" 2>&1 | grep -c denied", "q\n1\n"},
		{"su alice -c 'unshare -c id -u'; su alice -c 'unshare -r sh -c \"stat -c %U /root /home/alice\"'", "1000\nnobody\nroot\n"},
		{"su alice -c 'unshare -r -m mount -t proc p /proc'", "mount: permission denied (are you root?)\n"},
	}},
}

// TestCommandsAnswer types sessions of the areas in which nothing was recorded.
func TestCommandsAnswer(t *testing.T) {
	for _, s := range sessions {
		t.Run(s.name, func(t *testing.T) {
			l := New()
			defer l.Close()
			for _, line := range s.lines {
				out, _ := l.Run(line[0])
				require.Equal(t, line[1], out, line[0])
			}
		})
	}
}
