package kubectl

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// raw is --raw: what the API answers to a request.
//
// Source of the texts: k8s.io/kubectl/pkg/rawhttp, and Validate of the verbs.
func (c *call) raw(method string) error {
	files := c.list("filename")
	switch {
	case len(c.args) > 0 && method == "GET":
		return usageError("arguments may not be passed when --raw is specified")
	case c.on("watch") || c.on("watch-only") || method == "GET" && c.chosen():
		return usageError("--raw may not be specified with other flags that filter the server request or alter the output")
	case c.on("edit"):
		return usageError("--raw and --edit are mutually exclusive")
	case c.on("interactive"):
		return usageError("--interactive can not be used with --raw")
	case len(files) > 1, len(files) == 0 && (method == "POST" || method == "PUT"):
		return usageError("--raw can only use a single local file or stdin")
	case c.given("output"):
		return usageError("--raw and --output are mutually exclusive")
	}
	var body []byte
	if len(files) > 0 {
		var err error
		if body, _, err = c.read(files[0]); err != nil {
			return usageError("open " + files[0] + ": no such file or directory")
		}
	}
	path, query, _ := strings.Cut(c.text("raw"), "?")
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	if path == "/healthz" || path == "/livez" || path == "/readyz" {
		c.out.WriteString("ok")
		return nil
	}
	answer := c.env.Server.Serve(request.Call{Method: method, Path: path, Query: query, Body: body})
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
	details := &api.StatusDetails{Kind: digText(tree, "details", "kind"), Name: digText(tree, "details", "name")}
	for _, cause := range digList(tree, "details", "causes") {
		details.Causes = append(details.Causes, api.StatusCause{Field: digText(cause, "field"), Message: digText(cause, "message")})
	}
	return api.Failure(int32(a.Code), api.StatusReason(digText(tree, "reason")), digText(tree, "message"), details)
}
