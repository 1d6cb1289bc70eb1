package kubectl

import "github.com/slipway-dev/slipway/orchestrate/request"

// FS is where manifests are read from: the folder of the shell.
type FS interface {
	// ReadFile is the content of a file; the error's text is shown behind the file's name.
	ReadFile(name string) ([]byte, error)
	// Names are the files there are, sorted.
	Names() []string
}

// Env is what a command runs against.
type Env struct {
	// Server is the cluster.
	Server *request.Server
	// Namespace is where commands look unless told otherwise.
	Namespace string
	// Files are what -f reads, and Stdin what "-f -" does.
	Files FS
	Stdin []byte
	// Exec runs a command in a container that runs; nil if nothing can. What asks for the container's own process and gets no Job
	// cannot be typed into.
	Exec func(*Command) Result
	// Ask polls a job inside another one, which may need more than an Env; nil is the job's own Poll.
	Ask func(Job) (Result, bool)
	// Editor takes the text that kubectl edit opens, where there is an editor; what it makes of it is the Stdin of the same command.
	Editor *string
	// Kept is how many bytes of the end of what a command prints are kept, so that the others need not be printed; 0 means all.
	Kept int
	// Width is how many columns the terminal has; 0 means 80.
	Width int
}

func (e *Env) poll(j Job) (Result, bool) {
	if e.Ask != nil {
		return e.Ask(j)
	}
	return j.Poll(e)
}

// Result is what a command printed and how it ended, or, with a Job, that it goes on.
type Result struct {
	Stdout, Stderr string
	// Code is 0 for success. It means nothing while there is a Job.
	Code int
	// Namespace is where later commands are to look; "" if that is as before.
	Namespace string
	// Job is not nil while the command waits.
	Job Job
}

// Job is a command that waits for the world. It is plain data, so that a checkpoint can copy it.
type Job interface {
	// Poll says what the command prints now, and whether it is over. It is called after each thing that happens.
	Poll(env *Env) (Result, bool)
	// Clone is a copy that goes its own way.
	Clone() Job
}

// Completion is a word that could be typed next, and what it means.
type Completion struct{ Text, Hint string }
