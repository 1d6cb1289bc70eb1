package kubectl

import (
	"errors"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// manifest is one document of a file, and where it came from.
type manifest struct {
	schema.Document
	file string // as kubectl names it: STDIN for what was piped in
}

// manifests reads every document of -f and hands it on. What goes wrong with one document is reported, and the next is
// read.
func (c *call) manifests(each func(*manifest) error) error {
	found := false
	names, err := c.files()
	if err != nil {
		return err
	}
	chosen := ""
	if c.verb.name == "create" || c.verb.name == "apply" {
		chosen = c.text("selector")
	}
	selector, err := labels.Parse(chosen)
	if err != nil {
		return err
	}
	for _, name := range names {
		src, shown, err := c.read(name)
		if err != nil {
			return err
		}
		docs, err := schema.Decode(src, shown)
		for i := range docs {
			m := &manifest{docs[i], shown}
			if chosen != "" && (m.Object == nil || !selector.Matches(labels.Set(m.Object.Meta().Labels))) {
				continue
			}
			found = true
			if err := c.checked(m, each); err != nil {
				c.fail(err, "")
			}
		}
		if err != nil {
			c.fail(err, "")
			c.hintSyntax(err)
			return nil
		}
	}
	if !found {
		return usageError("no objects passed to " + c.verb.name)
	}
	return nil
}

// files are the names that -f means: the folder stands for what looks like a manifest in it.
func (c *call) files() ([]string, error) {
	var all []string
	for _, name := range c.list("filename") {
		if name != "." && name != "./" || c.env.Files == nil {
			all = append(all, name)
			continue
		}
		found := len(all)
		for _, file := range c.env.Files.Names() {
			if strings.HasSuffix(file, ".yaml") || strings.HasSuffix(file, ".yml") || strings.HasSuffix(file, ".json") {
				all = append(all, file)
			}
		}
		if len(all) == found {
			return nil, usageError("error reading [" + name + "]: recognized file extensions are [.json .yaml .yml]")
		}
	}
	return all, nil
}

func (c *call) read(name string) (src []byte, shown string, err error) {
	if name == "-" {
		return c.env.Stdin, "STDIN", nil
	}
	if strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://") {
		return nil, name, usageError("unable to read URL \"" + name + "\", there is no network here\n" +
			"Open it elsewhere and paste the manifest: it is applied, or saved with cat > file.yaml <<'END'")
	}
	if c.env.Files == nil {
		return nil, name, usageError(`the path "` + name + `" does not exist`)
	}
	src, err = c.env.Files.ReadFile(name)
	if err != nil {
		return nil, name, usageError(`the path "` + name + `" does not exist`)
	}
	return src, name, nil
}

// turnOff is what kubectl says behind the mistakes that it found itself.
const turnOff = "; if you choose to ignore these errors, turn validation off with --validate=false"

// checked hands a document on if it is of a kind there is and in the namespace of the command.
func (c *call) checked(m *manifest, each func(*manifest) error) error {
	switch {
	case m.Err != nil && m.Resource == nil:
		c.fail(errors.New(`error validating "`+m.file+`": error validating data: invalid object to validate`+turnOff), "")
		c.hint(m.file, m.Err.Line, m.Err.Column, m.Err.Message)
		return nil
	case m.Kind == "" || m.APIVersion == "":
		missing := "kind"
		if m.Kind != "" {
			missing = "apiVersion"
		}
		return errors.New(`error validating "` + m.file + `": error validating data: ` + missing + " not set" + turnOff)
	case m.Resource == nil:
		c.unknownKind(m)
		return nil
	case c.given("namespace") && m.Resource.Namespaced && m.Namespace != "" && m.Namespace != c.text("namespace"):
		return errors.New(`the namespace from the provided object "` + m.Namespace + `" does not match the namespace "` +
			c.text("namespace") + `". You must pass '--namespace=` + m.Namespace + `' to perform this operation.`)
	}
	if m.Namespace == "" && m.Resource.Namespaced {
		m.Namespace = c.namespace()
	}
	if err := c.lenient(m); err != nil {
		return err
	}
	return each(m)
}

// lenient takes out what nobody knows, if --validate lets it pass.
func (c *call) lenient(m *manifest) error {
	mode := c.text("validate")
	switch mode {
	case "", "strict", "true":
		return nil
	case "warn", "ignore", "false":
	default:
		return usageError("invalid - validate option " + quote(mode) + "; must be one of: strict (or true), warn, ignore (or false)")
	}
	if len(m.Strict) == 0 || m.Object == nil {
		return nil
	}
	for _, p := range m.Strict {
		if mode == "warn" {
			c.err.WriteString("Warning: " + p.Message + "\n")
		}
	}
	m.Strict, m.Tree = nil, schema.Tree(m.Object)
	return nil
}

// unknownKind says what kubectl says of a kind no server has, and which one was probably meant.
func (c *call) unknownKind(m *manifest) {
	c.fail(usageError(`resource mapping not found for name: "`+m.Name+`" namespace: "`+m.Namespace+`" from "`+m.file+
		`": no matches for kind "`+m.Kind+`" in version "`+m.APIVersion+"\"\nensure CRDs are installed first"), "")
	var kinds []string
	for _, r := range schema.Resources() {
		if r.Kind.String() == m.Kind {
			c.hint(m.file, m.Line, m.Column, m.Kind+" is of apiVersion "+r.APIVersion())
			return
		}
		kinds = append(kinds, r.Kind.String())
	}
	if near := schema.Nearest(m.Kind, kinds); near != "" {
		c.hint(m.file, m.Line, m.Column, "did you mean kind: "+near+"?")
	}
}

// decoded is the document as an object, or the server's answer to what is wrong with it.
func (m *manifest) decoded() (api.Object, error) {
	cannot := m.Kind + ` in version "` + m.APIVersion[lastSlash(m.APIVersion)+1:] + `" cannot be handled as a ` + m.Kind + ": "
	switch {
	case m.Err != nil:
		return nil, api.BadRequest(cannot + m.Err.Message)
	case len(m.Strict) > 0:
		text := ""
		for i, p := range m.Strict {
			if i > 0 {
				text += ", "
			}
			text += p.Message
		}
		return nil, api.BadRequest(cannot + "strict decoding error: " + text)
	}
	return m.Object, nil
}

func lastSlash(s string) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '/' {
			return i
		}
	}
	return -1
}

// hint adds a line of our own below the last error: where, and how to mend it.
func (c *call) hint(file string, line, column int, text string) {
	at := "  at " + file
	if line > 0 {
		at += ":" + strconv.Itoa(line)
		if column > 0 {
			at += ":" + strconv.Itoa(column)
		}
	}
	if n := len(c.failures); n > 0 {
		c.failures[n-1].hints += at + ": " + text + "\n"
	}
}

func (c *call) hintSyntax(err error) {
	if syntax, ok := errors.AsType[*schema.SyntaxError](err); ok && syntax.Line > 0 {
		text := syntax.Hint
		if text == "" {
			text = "here the YAML stops making sense"
		}
		c.hint(syntax.File, syntax.Line, syntax.Column, text)
	}
}

// hintDocument points at the mistakes that decoding found.
func (c *call) hintDocument(m *manifest) {
	if m.Err != nil {
		c.hint(m.file, m.Err.Line, m.Err.Column, m.Err.Path)
	}
	for _, p := range m.Strict {
		text := p.Path + " is no field"
		if p.Nearest != "" {
			text = "did you mean " + p.Nearest + "?"
		}
		c.hint(m.file, p.Line, p.Column, text)
	}
}

// dryRun is none, client or server.
func (c *call) dryRun() (string, error) {
	switch v := c.text("dry-run"); v {
	case "none", "client", "server":
		return v, nil
	case "", "false":
		return "none", nil
	case "unchanged", "true":
		c.err.WriteString("Warning: --dry-run is deprecated and can be replaced with --dry-run=client.\n")
		return "client", nil
	default:
		return "", usageError(`Invalid dry-run value (` + v + `). Must be "none", "server", or "client".`)
	}
}

// commandLine is what --record notes: the words, then the flags with their values.
func (c *call) commandLine() string {
	text := strings.Join(append([]string{"kubectl", c.verb.name}, c.args...), " ")
	for i := range c.specs {
		if name := c.specs[i].name; c.given(name) {
			text += " --" + name + "=" + strings.Join(c.list(name), ",")
		}
	}
	return text
}

// did reports what was done to an object, in words or in the form of -o. A nil tree means that of the object.
func (c *call) did(res *schema.Resource, o api.Object, tree map[string]any, what, dryRun string) error {
	if c.on("record") && dryRun == "none" {
		patch := request.Patch{Type: request.MergePatch, Tree: at(c.commandLine(), "metadata", "annotations", changeCauseKey)}
		if _, err := c.env.Server.Patch(res, o.Meta().Namespace, o.Meta().Name, patch, request.WriteOptions{FieldManager: c.manager()}); err != nil {
			return err
		}
	}
	if c.given("output") && c.text("output") != "" {
		p, err := newPrinter(c)
		if err != nil {
			return err
		}
		if p.format == "name" {
			c.out.WriteString(called(res, o.Meta().Name) + "\n")
			return nil
		}
		if tree == nil {
			tree = schema.Tree(o)
		}
		if p.format == "yaml" && c.out.Len() > 0 {
			c.out.WriteString("---\n")
		}
		return p.printTree(&c.out, tree)
	}
	suffix := ""
	switch dryRun {
	case "client":
		suffix = " (dry run)"
	case "server":
		suffix = " (server dry run)"
	}
	c.out.WriteString(called(res, o.Meta().Name) + " " + what + suffix + "\n")
	return nil
}
