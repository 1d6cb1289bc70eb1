// Command slipway runs and explains containers, serves the playground, and checks and builds its lessons.
//
//	slipway run              run a command in a container
//	slipway explain          print what run would do, without doing it
//	slipway exec             run a command in a detached container
//	slipway ps|logs|stats    detached containers: which there are, what they print, what they use
//	slipway kill|pause|unpause|rm  and what can be done with them
//	slipway audit            try, from inside a container, what it should not allow
//	slipway inspect          show the walls around a process
//	slipway play             serve the playground on this machine
//	slipway lesson check     hold lessons to their form and their promises
//	slipway lesson build     write the lessons as the site reads them
//	slipway lesson list      say which lessons there are
//	slipway version          say which version this is
//
// play and lesson are in slipway-lab, a program that lies beside this one.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/slipway-dev/slipway/internal/command"
	"github.com/slipway-dev/slipway/internal/version"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errs io.Writer) int {
	return command.Table{
		Name:  "slipway",
		Short: "learn what containers and Kubernetes really are",
		Commands: []command.Command{
			{Name: "run", Short: "run a command in a container", Run: runContainer},
			{Name: "explain", Short: "print what run would do, call by call", Run: explain},
			{Name: "exec", Short: "run a command in a detached container", Run: execute},
			{Name: "ps", Short: "list detached containers", Run: ps},
			{Name: "logs", Short: "print what a detached container printed", Run: logs},
			{Name: "kill", Short: "end a detached container, or send it a signal", Run: kill},
			{Name: "pause", Short: "stop all processes of a detached container where they are", Run: pause},
			{Name: "unpause", Short: "let a paused container go on", Run: unpause},
			{Name: "stats", Short: "say what detached containers use", Run: stats},
			{Name: "rm", Short: "remove what is kept of a detached container that has ended", Run: remove},
			{Name: "audit", Short: "try from inside a container what it should not allow", Run: auditCommand},
			{Name: "inspect", Short: "show the walls around a process", Run: inspect},
			{Name: "play", Short: "serve the playground on this machine", Run: inLab("play")},
			{Name: "lesson", Short: "check, build and list lessons", Run: inLab("lesson")},
			{Name: "version", Short: "say which version this is", Run: printVersion},
		},
	}.Run(args, out, errs)
}

func printVersion(args []string, out, errs io.Writer) error {
	f := command.Flags("version", "[-o json]")
	format := f.String("o", "", "print json")
	if err := command.Parse(f, args, out, errs); err != nil {
		return err
	}
	switch *format {
	case "":
		fmt.Fprintf(out, "slipway %s, behaves like Kubernetes %s\n", version.Engine, version.Kubernetes)
	case "json":
		fmt.Fprintf(out, "{\"version\":%q,\"kubernetes\":%q}\n", version.Engine, version.Kubernetes)
	default:
		return fmt.Errorf("-o %s is not known; json is", *format)
	}
	return nil
}
