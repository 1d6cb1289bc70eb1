package kubectl

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

func cpVerb() *verb {
	return &verb{
		name:     "cp",
		short:    "Copy a file to or from a container.",
		long:     "One file of text at a time, of at most 4 KB: containers of this playground keep no more.",
		usage:    "FILE POD:FILE | POD:FILE FILE [-c CONTAINER] [flags]",
		examples: []string{"kubectl cp page.html web:/usr/share/nginx/html/index.html", "kubectl cp shop/web:/tmp/log log"},
		flags: `
container,c|s||Which container.
no-preserve|b||Accepted; files have no owners here.
retries|i0||Accepted; a copy is not interrupted.`,
		run: cp,
	}
}

// mostCopied is how long a file may be that a container keeps, in bytes.
const mostCopied = 4 << 10

// fileSpec is a file of this folder, or of a pod.
type fileSpec struct{ namespace, pod, path string }

// Source of the texts: k8s.io/kubectl/pkg/cmd/cp.
func cp(c *call) error {
	if len(c.args) != 2 {
		return usageError("source and destination are required")
	}
	from, err := readFileSpec(c.args[0])
	if err != nil {
		return err
	}
	to, err := readFileSpec(c.args[1])
	switch {
	case err != nil:
		return err
	case from.pod != "" && to.pod != "":
		return usageError("one of src or dest must be a local file specification")
	case from.pod == "" && to.pod == "":
		return usageError("one of src or dest must be a remote file specification")
	case from.path == "" || to.path == "":
		return usageError("filepath can not be empty")
	case to.pod != "":
		return c.upload(from.path, to)
	}
	return c.download(from, to.path)
}

func readFileSpec(word string) (f fileSpec, err error) {
	place, path, remote := strings.Cut(word, ":")
	if !remote {
		return fileSpec{path: word}, nil
	}
	f.path = path
	switch parts := strings.Split(place, "/"); {
	case place != "" && len(parts) == 1:
		f.pod = parts[0]
	case len(parts) == 2:
		f.namespace, f.pod = parts[0], parts[1]
	default:
		return f, usageError("filespec must match the canonical format: [[namespace/]pod:]file/path")
	}
	return f, nil
}

// inPod runs a command where a file spec points.
func (c *call) inPod(f fileSpec, argv ...string) (Result, error) {
	namespace := f.namespace
	if namespace == "" {
		namespace = c.namespace()
	}
	o, err := c.env.Server.Get(podResource, namespace, f.pod)
	if err != nil {
		return Result{}, err
	}
	pod, ok := o.(*api.Pod)
	if !ok || c.env.Exec == nil {
		return Result{}, usageError("nothing here can run commands in containers")
	}
	container, err := c.chooseContainer(pod, c.text("container"), false)
	if err != nil {
		return Result{}, err
	}
	return c.env.Exec(&Command{Spec: containerOf(pod, container), Pod: pod, Container: container, Argv: argv}), nil
}

func (c *call) upload(local string, to fileSpec) error {
	if c.env.Files == nil {
		return usageError(local + " doesn't exist in local filesystem")
	}
	text, err := c.env.Files.ReadFile(local)
	switch {
	case err != nil:
		return usageError(local + " doesn't exist in local filesystem")
	case len(text) > mostCopied:
		return usageError(local + " has " + itoa(len(text)) + " bytes; a container of this playground keeps at most " + itoa(mostCopied) + " of a file")
	}
	if strings.HasSuffix(to.path, "/") {
		to.path += local
	}
	res, err := c.inPod(to, "sh", "-c", "printf '%s' "+shellQuoted(string(text))+" > "+shellQuoted(to.path))
	if err != nil {
		return err
	}
	c.err.WriteString(res.Stderr)
	c.code = res.Code
	return nil
}

func shellQuoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

func (c *call) download(from fileSpec, local string) error {
	folder, ok := c.env.Files.(interface {
		WriteFile(name string, data []byte, appending bool) error
	})
	if !ok {
		return usageError("this folder cannot be written")
	}
	res, err := c.inPod(from, "cat", from.path)
	if err != nil {
		return err
	}
	if res.Code != 0 {
		if strings.Contains(res.Stderr, "can't open") {
			return usageError(from.path + " no such file or directory")
		}
		c.err.WriteString(res.Stderr)
		c.code = res.Code
		return nil
	}
	if local == "." || strings.HasSuffix(local, "/") {
		local = from.path[strings.LastIndexByte(from.path, '/')+1:]
	}
	if err := folder.WriteFile(local, []byte(res.Stdout), false); err != nil {
		return usageError(local + ": " + err.Error())
	}
	return nil
}
