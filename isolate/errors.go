package isolate

import "strconv"

// StepError says which step of a plan failed, with which errno, what that usually means and what to do about it. Nothing of the
// container is left behind. errors.Is works with the errors of package os and of syscall.
type StepError struct {
	Step  Step
	Index int    // in Plan.Steps
	Line  string // the call as explain prints it
	Errno Errno
	// Cause is what the errno most likely means here, and Remedy what helps; both may be empty.
	Cause, Remedy string
	err           error
}

// Error is one line: the step, the call, the errno, the cause and the remedy.
func (e *StepError) Error() string {
	text := "isolate: step " + strconv.Itoa(e.Index+1) + ": " + e.Line + ": "
	switch {
	case e.Errno == 0:
		text += "the child was killed here"
	case e.Step.Call == checkCall:
		text += "it is something else"
	default:
		text += e.Errno.String()
	}
	if e.Cause != "" {
		text += "; " + e.Cause
	}
	if e.Remedy != "" {
		text += "; " + e.Remedy
	}
	return text
}

func (e *StepError) Unwrap() error { return e.err }

// UnsupportedError says that this machine cannot run a container at all. Plans can be made and explained on it.
type UnsupportedError struct{ What, Remedy string }

func (e *UnsupportedError) Error() string { return "isolate: " + e.What + "; " + e.Remedy }

// Failure is the error of step i with an errno: what a plan's executor tells. [Start] is the one for this machine's kernel.
func (p Plan) Failure(i int, e Errno) *StepError {
	err := &StepError{Step: p.Steps[i], Index: i, Line: p.Line(i), Errno: e}
	err.Cause, err.Remedy = explainErrno(err.Step.Call, e)
	return err
}
