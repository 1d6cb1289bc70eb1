package workload

import "time"

// Program is what a process does. All times count from its start.
type Program struct {
	// Forever tells that it does not end by itself; otherwise it ends after Runs with ExitCode.
	Forever  bool
	Runs     time.Duration
	ExitCode int32
	// Starts is how long it takes until it serves.
	Starts time.Duration
	// StopsAfter is how long it takes to end after SIGTERM, and StopCode what it then exits with; IgnoresTerm tells that
	// it does not, so that it lives until it is killed at the end of its grace period.
	StopsAfter  time.Duration
	StopCode    int32
	IgnoresTerm bool
	// Ports are what it listens on once it serves.
	Ports []Port
	// CPU is what it uses if it may, in milliCPU; Memory what it holds, in bytes, and Leak by how much that grows each second.
	CPU, Memory, Leak int64
	// Log is what it prints, in order of time. Tick is a line it prints again and again, every Every; zero means never.
	Log   []Line
	Tick  string
	Every time.Duration
	// Needs names environment variables without which it ends at once with code 1, having printed Without.
	Needs   []string
	Without string
}

// Line is one line of a log.
type Line struct {
	// At is when it was printed: since the start of the program.
	At time.Duration
	// Text has no line feed. $HOSTNAME stands for the name of the pod, $AGE for the seconds since the start.
	Text string
	// Err tells that it went to standard error.
	Err bool
}

// Port is what listens on one port.
type Port struct {
	// Number of the port, unless the environment variable Env holds another.
	Number int32
	Env    string
	// Pages are what it answers over HTTP; without any it takes connections and speaks something else.
	Pages []Page
}

// Page is one answer over HTTP.
type Page struct {
	// Path of the URL; empty for every path that no other page has.
	Path string
	// Status of the answer, for example 200, and its Body. In the body $HOSTNAME stands for the name of the pod and
	// $VERSION for the tag of the image.
	Status int
	Body   string
	// Takes is how long the answer takes.
	Takes time.Duration
	// From and Until bound the time in which the page is there; zero means no bound.
	From, Until time.Duration
}
