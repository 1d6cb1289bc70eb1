package isolate

import (
	"strconv"
	"time"
)

// State is how a command ended, and what it used.
type State struct {
	Code         int // of exit; 128 and the signal if a signal ended it, as shells count
	Signal       int // that ended it, 0 if none did
	User, System time.Duration
	MaxRSS       int64 // bytes
}

// String is "exit status 1" or "signal 9".
func (s *State) String() string {
	if s.Signal != 0 {
		return "signal " + strconv.Itoa(s.Signal)
	}
	return "exit status " + strconv.Itoa(s.Code)
}

// ExitError says that a command ran and failed.
type ExitError struct{ *State }

func (e *ExitError) Error() string { return e.String() }
