// Command slipway-lab is the part of slipway that serves the playground and makes lessons. People type slipway, which hands
// these two on to it:
//
//	slipway play             serve the playground on this machine
//	slipway lesson check     hold lessons to their form and their promises
//	slipway lesson build     write the lessons as the site reads them
//	slipway lesson list      say which lessons there are
//
// It is a program of its own because a web server and a Markdown library make a Go program start three milliseconds later and
// take eight megabytes more, and slipway run, which starts a container in less, would pay for both.
package main

import (
	"os"

	"github.com/slipway-dev/slipway/internal/command"
)

func main() { os.Exit(table.Run(os.Args[1:], os.Stdout, os.Stderr)) }

var table = command.Table{
	Name:  "slipway-lab",
	Short: "the playground and its lessons",
	Commands: []command.Command{
		{Name: "play", Short: "serve the playground on this machine", Run: play},
		{Name: "lesson", Short: "check, build and list lessons", Run: lessonCommands.Do},
	},
}
