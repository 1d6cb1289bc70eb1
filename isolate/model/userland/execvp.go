package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// execvp replaces the program with one that is looked for in PATH.
func (c *cmd) execvp(args []string) model.Errno {
	return execvp(c.Process, args, c.Env(), pathOf(c.Env()))
}

func pathOf(env []string) string {
	for _, e := range env {
		if v, ok := strings.CutPrefix(e, "PATH="); ok {
			return v
		}
	}
	return "/sbin:/usr/sbin:/bin:/usr/bin"
}

// execvp tries each folder of PATH; what is no program but may be executed is a script. The error is that of the last that was there.
func execvp(p *model.Process, args, env []string, path string) model.Errno {
	run := func(file string) model.Errno {
		e := p.Exec(file, args, env)
		if e == model.ENOEXEC {
			e = p.Exec("/bin/sh", append([]string{"sh", file}, args[1:]...), env)
		}
		return e
	}
	if strings.Contains(args[0], "/") {
		return run(args[0])
	}
	result := model.ENOENT
	for _, dir := range strings.Split(path, ":") {
		if dir == "" {
			dir = "."
		}
		if e := run(dir + "/" + args[0]); e != model.ENOENT && e != model.ENOTDIR {
			result = e
			if e != model.EACCES {
				return e
			}
		}
	}
	return result
}
