package kubectl

import (
	"errors"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// failure is one thing that went wrong.
type failure struct {
	err error
	// doing is what was tried, for example `error when creating "STDIN"`; it may be empty.
	doing string
	// hints are lines of our own below kubectl's.
	hints string
}

// fail notes an error; doing is what was tried, for example `error when creating "STDIN"`, and may be empty.
func (c *call) fail(err error, doing string) {
	c.code = 1
	c.failures = append(c.failures, failure{err: err, doing: doing})
}

// report writes what went wrong the way kubectl does when it ends.
func (c *call) report() {
	for _, f := range c.failures {
		c.err.WriteString(f.text(len(c.failures) == 1) + f.hints)
	}
	c.failures = nil
}

// bareError is one that kubectl prints as it is.
type bareError string

func (e bareError) Error() string { return string(e) }

// bare is an error that kubectl prints as it is; nil if there is none.
func bare(err error) error {
	if err == nil {
		return nil
	}
	return bareError(err.Error())
}

// text is the failure in kubectl's words. Where several things went wrong, kubectl leaves "error: " out.
func (f *failure) text(alone bool) string {
	doing := f.doing
	if doing != "" {
		doing += ": "
	}
	status, ok := errors.AsType[*api.StatusError](f.err)
	if !ok {
		text := doing + f.err.Error()
		if _, as := f.err.(bareError); alone && !as && !strings.HasPrefix(text, "error: ") {
			text = "error: " + text
		}
		if !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
		return text
	}
	s := &status.Status
	if s.Reason == api.StatusInvalid && s.Details != nil && alone {
		return invalidText(s)
	}
	if s.Reason == "" {
		return "Error from server: " + doing + s.Message + "\n"
	}
	return "Error from server (" + string(s.Reason) + "): " + doing + s.Message + "\n"
}

// invalidText is how kubectl prints the errors of fields: one in the line, several in a list. Where a server does not say what is
// invalid, its message has to do.
func invalidText(s *api.Status) string {
	head := "The " + s.Details.Kind + ` "` + s.Details.Name + `" is invalid: `
	if s.Details.Kind == "" && s.Details.Name == "" {
		head = "The request is invalid: "
		if len(s.Details.Causes) == 0 {
			return head + s.Message + "\n"
		}
	}
	if len(s.Details.Causes) == 1 {
		return head + causeText(s.Details.Causes[0]) + "\n"
	}
	var b strings.Builder
	b.WriteString(head + "\n")
	seen := map[string]bool{}
	for _, cause := range s.Details.Causes {
		if text := causeText(cause); !seen[text] {
			seen[text] = true
			b.WriteString("* " + text + "\n")
		}
	}
	return b.String()
}

func causeText(c api.StatusCause) string { return c.Field + ": " + c.Message }
