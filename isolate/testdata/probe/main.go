// Command probe is the only program in the tests' containers. Its first argument says what to do; it prints what it finds.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/slipway-dev/slipway/isolate"
)

func main() {
	name, args := filepath.Base(os.Args[0]), os.Args[1:]
	if name == "probe" && len(args) > 0 {
		name, args = args[0], args[1:]
	}
	act, ok := acts[name]
	if !ok {
		fail("no act %q", name)
	}
	act(args)
}

func fail(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(1)
}

func must[T any](v T, err error) T {
	if err != nil {
		fail("%v", err)
	}
	return v
}

var acts = map[string]func([]string){
	"true":     func([]string) {},
	"exit":     func(a []string) { os.Exit(must(strconv.Atoi(a[0]))) },
	"echo":     func(a []string) { fmt.Println(strings.Join(a, " ")) },
	"pid":      func([]string) { fmt.Println(os.Getpid()) },
	"env":      func([]string) { fmt.Println(strings.Join(os.Environ(), "\n")) },
	"pwd":      func([]string) { fmt.Println(must(os.Getwd())) },
	"hostname": func([]string) { fmt.Println(must(os.Hostname())) },
	"id": func([]string) {
		fmt.Println(os.Getuid(), os.Getgid(), must(os.Getgroups()))
	},
	"cat": func(a []string) {
		for _, name := range a {
			f := must(os.Open(name))
			must(io.Copy(os.Stdout, f))
			f.Close()
		}
	},
	"stdin": func([]string) { must(io.Copy(os.Stdout, os.Stdin)) },
	"both":  func([]string) { fmt.Println("out"); fmt.Fprintln(os.Stderr, "err") },
	"ls": func(a []string) {
		for _, e := range must(os.ReadDir(a[0])) {
			fmt.Println(e.Name())
		}
	},
	"write": func(a []string) {
		if err := os.WriteFile(a[0], []byte(a[1]), 0o644); err != nil {
			fail("%v", err)
		}
	},
	"link": func(a []string) { fmt.Println(must(os.Readlink(a[0]))) },
	"rlimit": func(a []string) {
		var l syscall.Rlimit
		must(0, syscall.Getrlimit(must(strconv.Atoi(a[0])), &l))
		fmt.Println(l.Cur, l.Max)
	},
	"sleep": func([]string) { fmt.Println("ready"); time.Sleep(time.Hour) },
	"until": func([]string) { // a signal
		c := make(chan os.Signal, 1)
		signal.Notify(c)
		fmt.Println("ready")
		fmt.Println(<-c)
	},
	"uptime": func([]string) {
		var now syscall.Timespec
		syscall.Syscall(syscall.SYS_CLOCK_GETTIME, 1, uintptr(ptr(&now)), 0)
		fmt.Println(now.Sec)
	},
	"hog": func(a []string) { // memory, in MiB; bounded by the argument
		var kept [][]byte
		for range must(strconv.Atoi(a[0])) {
			b := make([]byte, 1<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			kept = append(kept, b)
		}
		runtime.KeepAlive(kept)
		fmt.Println("survived")
	},
	"forks": func(a []string) { // starts children that sleep until one fails; bounded by the argument
		for i := range must(strconv.Atoi(a[0])) {
			if _, err := os.StartProcess("/probe", []string{"sleep"}, &os.ProcAttr{}); err != nil {
				fmt.Println(i, err)
				return
			}
		}
		fmt.Println("no limit")
	},
	"burn": func(a []string) { // wall milliseconds; prints processor milliseconds
		used := func() time.Duration {
			var u syscall.Rusage
			syscall.Getrusage(0, &u)
			return time.Duration(u.Utime.Nano() + u.Stime.Nano())
		}
		before := used() // an emulated machine needs long to get here
		end := time.Now().Add(time.Duration(must(strconv.Atoi(a[0]))) * time.Millisecond)
		for time.Now().Before(end) {
		}
		fmt.Println((used() - before).Milliseconds())
	},
	"audit": func(a []string) {
		var o isolate.Outside
		must(0, json.Unmarshal([]byte(a[0]), &o))
		must(0, json.NewEncoder(os.Stdout).Encode(isolate.Audit(o)))
	},
	"loopback": func([]string) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		must(l, err)
		must(net.Dial("tcp", l.Addr().String()))
		fmt.Println("127.0.0.1 answers")
	},
	"die": func([]string) { // by a signal nobody handles
		syscall.Kill(os.Getpid(), syscall.SIGTERM)
		select {}
	},
	"zombies": func(a []string) { // lets as many grandchildren lose their parent and die, and counts who is not collected
		n := must(strconv.Atoi(a[0]))
		for range n {
			p := must(os.StartProcess("/probe", []string{"lose"}, &os.ProcAttr{}))
			must(p.Wait())
		}
		dead := 0
		for range 200 {
			dead = 0
			for _, file := range must(filepath.Glob("/proc/[0-9]*/stat")) {
				text, _ := os.ReadFile(file)
				if strings.Contains(string(text), ") Z ") {
					dead++
				}
			}
			if dead == 0 || dead == n {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		if dead == 0 {
			fmt.Println("no zombies")
			return
		}
		fmt.Println(dead, "zombies")
	},
	"lose": func([]string) { must(os.StartProcess("/probe", []string{"true"}, &os.ProcAttr{})) },
	"tty": func([]string) { // what the command's terminal is
		for fd := range 3 {
			fmt.Println(must(os.Readlink("/proc/self/fd/" + strconv.Itoa(fd))))
		}
		f := must(os.OpenFile("/dev/tty", os.O_RDWR, 0))
		must(f.WriteString("/dev/tty works\n"))
		var size [4]uint16
		syscall.Syscall(syscall.SYS_IOCTL, 0, syscall.TIOCGWINSZ, uintptr(ptr(&size)))
		fmt.Println("rows", size[0], "columns", size[1])
	},
	"many": func(a []string) {
		for i := range must(strconv.Atoi(a[0])) {
			fmt.Println("line", i)
		}
	},
	"console": func([]string) { must(0, os.WriteFile("/dev/console", []byte("hello, operator\n"), 0)) },
	"serve": func(a []string) { // a TCP port; tells who connects what their address is
		l := must(net.Listen("tcp4", ":"+a[0]))
		fmt.Println("ready")
		for {
			c := must(l.Accept())
			host, _, _ := net.SplitHostPort(c.RemoteAddr().String())
			fmt.Fprintln(c, "you are", host)
			c.Close()
		}
	},
	"connect": func(a []string) {
		c := must(net.DialTimeout("tcp4", a[0], 5*time.Second))
		must(io.Copy(os.Stdout, c))
	},
	"echo-udp": func(a []string) {
		c := must(net.ListenPacket("udp4", ":"+a[0]))
		fmt.Println("ready")
		b := make([]byte, 100)
		for {
			n, from, err := c.ReadFrom(b)
			must(n, err)
			must(c.WriteTo(b[:n], from))
		}
	},
	"owner": func(a []string) {
		for _, name := range a {
			fmt.Println(must(os.Stat(name)).Sys().(*syscall.Stat_t).Uid)
		}
	},
	"inject": func([]string) { // asks to type into standard input's terminal, without a letter
		_, _, errno := syscall.RawSyscall(syscall.SYS_IOCTL, 0, syscall.TIOCSTI, 0)
		fmt.Println(isolate.Errno(errno))
	},
	"chroot": func(a []string) { must(0, syscall.Chroot(a[0])) },
	"ids":    func([]string) { fmt.Println(os.Getuid(), os.Geteuid()) },
	"orphan": func([]string) {
		p := must(os.StartProcess("/probe", []string{"sleep"}, &os.ProcAttr{}))
		fmt.Println(p.Pid)
	},
	"syscall": func(a []string) { // number and arguments; prints the errno
		var v [7]uintptr
		for i, s := range a {
			v[i] = uintptr(must(strconv.ParseUint(s, 0, 64)))
		}
		_, _, errno := syscall.RawSyscall6(v[0], v[1], v[2], v[3], v[4], v[5], v[6])
		fmt.Println(int(errno))
	},
}
