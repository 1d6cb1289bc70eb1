package main

import (
	"fmt"
	"io"

	"github.com/slipway-dev/slipway/internal/command"
	"github.com/slipway-dev/slipway/isolate"
)

// execute runs a command in a container that runs: behind the same walls, counted in the same groups.
func execute(args []string, out, errs io.Writer) error {
	f := command.Flags("exec", "[-it] [flags] CONTAINER -- COMMAND [ARGUMENTS]")
	flags := &containerFlags{}
	flags.terminalFlags(f)
	f.StringVar(&flags.spec.Dir, "workdir", "", "working directory inside")
	f.StringVar(&flags.user, "user", "", "`UID[:GID]` of the command; the container's if it is left out")
	f.Var(&flags.env, "env", "`NAME=VALUE` in addition to the container's; again for more")
	if err := command.Parse(f, args, out, errs); err != nil {
		return err
	}
	if f.NArg() == 0 {
		f.Usage()
		return command.ErrUsage
	}
	words := f.Args()[1:]
	if len(words) > 0 && words[0] == "--" {
		words = words[1:]
	}
	spec, err := joining(f.Arg(0), flags, words)
	if err != nil {
		return err
	}
	return attend(isolate.Command(spec), "", out, errs)
}

// joining is the container's spec with another command. What the flags say is the command's own, all else stays as the container has it.
func joining(name string, flags *containerFlags, words []string) (isolate.Spec, error) {
	r, err := recordOf(name)
	if err != nil {
		return isolate.Spec{}, err
	}
	switch status := r.status(); status {
	case "running":
	case "paused":
		return isolate.Spec{}, fmt.Errorf("%s is paused, and so would be what is started in it; slipway unpause %s lets it go on", r.Name, r.Name)
	default:
		return isolate.Spec{}, fmt.Errorf("%s does not run: %s", r.Name, status)
	}
	running := r.container()
	s := r.Spec
	s.Join, s.Init, s.Args, s.Terminal = &running, false, words, flags.spec.Terminal
	s.TerminalSize = isolate.TerminalSize{} // the caller's now
	if flags.spec.Dir != "" {
		s.Dir = flags.spec.Dir
	}
	if len(flags.env) > 0 {
		if s.Env == nil {
			s.Env = defaultEnv()
		}
		s.Env = append(s.Env, flags.env...)
	}
	if flags.user != "" {
		user := isolate.Spec{}
		if err := flags.identity(&user); err != nil {
			return s, err
		}
		s.User, s.Capabilities = user.User, isolate.Keep(s.Capabilities.Bounding, user.User)
	}
	return s, nil
}
