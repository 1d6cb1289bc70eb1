package kubectl

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// getRaw is get --raw: what the API answers to a path.
func (c *call) getRaw() error {
	switch {
	case len(c.args) > 0:
		return usageError("arguments may not be passed when --raw is specified")
	case c.on("watch") || c.on("watch-only") || c.given("selector") || c.given("field-selector"):
		return usageError("--raw may not be specified with other flags that filter the server request or alter the output")
	case c.given("output"):
		return usageError("--raw and --output are mutually exclusive")
	}
	path, query, _ := strings.Cut(c.text("raw"), "?")
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	if path == "/healthz" || path == "/livez" || path == "/readyz" {
		c.out.WriteString("ok")
		return nil
	}
	answer := c.env.Server.Serve(request.Call{Method: "GET", Path: path, Query: query})
	if answer.Code >= 300 {
		return refused(answer)
	}
	c.out.Write(answer.Body)
	c.out.WriteByte('\n')
	return nil
}

// refused is an answer that is an error.
func refused(a request.Answer) error {
	tree, err := schema.ReadTree(a.Body, "")
	if err != nil {
		return err
	}
	return api.Failure(int32(a.Code), api.StatusReason(digText(tree, "reason")), digText(tree, "message"), nil)
}
