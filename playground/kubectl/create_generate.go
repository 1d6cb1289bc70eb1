package kubectl

import (
	"cmp"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// generatorFlags are those of every create of a thing by name.
const generatorFlags = "dry-run output save-config validate field-manager"

// generators are what create can make by name, in kubectl's order.
func generators() []*verb {
	all := []*verb{createConfigMapVerb(), createDeploymentVerb(), createNamespaceVerb(), createSecretVerb(), createServiceVerb(), createAccountVerb()}
	for i := range laterGenerators {
		all = append(all, laterGenerators[i].verb())
	}
	sorting.Func(all, func(a, b *verb) int { return strings.Compare(a.name, b.name) })
	return all
}

// oneName is the only word of the command line, or of what stands before "--".
func (c *call) oneName() (string, error) {
	words := c.args
	if c.dash >= 0 {
		words = words[:c.dash]
	}
	if len(words) != 1 {
		return "", c.misuse("exactly one NAME is required, got " + itoa(len(words)))
	}
	return words[0], nil
}

// generate creates an object that kubectl made. Doing is what it says it failed to do; "" if it says what the server said.
func (c *call) generate(obj api.Object, doing string) error {
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	res := schema.ByKind(obj.Kind())
	if c.given("namespace") && res.Namespaced {
		obj.Meta().Namespace = c.namespace()
	}
	if c.on("save-config") {
		obj = saved(res, obj)
	}
	created, err := c.made(obj, dry)
	if err != nil {
		if doing == "" {
			return err
		}
		return usageError(doing + err.Error())
	}
	return c.didTyped(res, created, "created", dry)
}

// made creates an object that kubectl made itself, or only says where it would be.
func (c *call) made(obj api.Object, dry string) (api.Object, error) {
	if dry == "client" {
		return obj, nil
	}
	return c.env.Server.Create(schema.ByKind(obj.Kind()), c.namespace(), obj, request.WriteOptions{DryRun: dry == "server", FieldManager: c.manager()})
}

// overridden is an object as --overrides and --save-config want it.
func (c *call) overridden(obj api.Object, dry string) (api.Object, error) {
	res := schema.ByKind(obj.Kind())
	if text := c.text("overrides"); text != "" {
		kind, ok := patchTypes[c.text("override-type")]
		if !ok {
			return nil, usageError("invalid override type: " + c.text("override-type"))
		}
		tree, err := schema.ReadTree([]byte(text), "")
		if err != nil {
			return nil, usageError("Invalid JSON Patch")
		}
		in := info{res: res, obj: obj}
		if obj, _, err = in.patchLocal(kind, tree); err != nil {
			return nil, err
		}
	}
	if c.on("save-config") && dry != "client" {
		obj = saved(res, obj)
	}
	return obj, nil
}

// saved is an object with the annotation that apply would give it.
func saved(res *schema.Resource, obj api.Object) api.Object {
	fields := jsonText(obj)
	obj = api.DeepCopy(obj)
	meta := obj.Meta()
	if meta.Annotations == nil {
		meta.Annotations = map[string]string{}
	}
	meta.Annotations[lastApplied] = `{"kind":"` + res.Kind.String() + `","apiVersion":"` + res.APIVersion() + `",` + fields[1:] + "\n"
	return obj
}

func createNamespaceVerb() *verb {
	return &verb{
		name: "create namespace", aliases: []string{"ns"}, usage: "NAME [flags]",
		short:    "Create a namespace.",
		examples: []string{"kubectl create namespace shop"},
		flags:    generatorFlags,
		run: func(c *call) error {
			name, err := c.oneName()
			if err != nil {
				return err
			}
			return c.generate(&api.Namespace{ObjectMeta: api.ObjectMeta{Name: name}}, "")
		},
	}
}

func createAccountVerb() *verb {
	return &verb{
		name: "create serviceaccount", aliases: []string{"sa"}, usage: "NAME [flags]",
		short:    "Create a service account.",
		examples: []string{"kubectl create serviceaccount builder"},
		flags:    generatorFlags,
		run: func(c *call) error {
			name, err := c.oneName()
			if err != nil {
				return err
			}
			return c.generate(&api.ServiceAccount{ObjectMeta: api.ObjectMeta{Name: name}}, "failed to create serviceaccount: ")
		},
	}
}

func createDeploymentVerb() *verb {
	return &verb{
		name: "create deployment", aliases: []string{"deploy", "dep"}, usage: "NAME --image=image -- [COMMAND] [args...]",
		short:    "Create a Deployment.",
		examples: []string{"kubectl create deployment web --image=nginx --replicas=3", "kubectl create deployment job --image=busybox -- date"},
		flags: generatorFlags + `
image|l||The image; repeat it for several containers.
port|i-1||The port that the container exposes.
replicas,r|i1||How many pods there are to be.`,
		run: createDeployment,
	}
}

func createDeployment(c *call) error {
	images := c.list("image")
	if len(images) == 0 {
		return usageError(`required flag(s) "image" not set`)
	}
	name, err := c.oneName()
	if err != nil {
		return err
	}
	var command []string
	if len(c.args) > 1 {
		command = c.args[1:]
	}
	if len(images) > 1 && len(command) > 0 {
		return usageError("cannot specify multiple --image options and command")
	}
	replicas := int32(c.number("replicas"))
	set := map[string]string{"app": name}
	spec := &api.PodSpec{}
	for _, image := range images {
		con := api.Container{Name: containerName(image), Image: image, Command: slices.Clone(command)}
		if port := c.number("port"); port > 0 {
			con.Ports = []api.ContainerPort{{ContainerPort: int32(port)}}
		}
		spec.Containers = append(spec.Containers, con)
	}
	return c.generate(&api.Deployment{
		ObjectMeta: api.ObjectMeta{Name: name, Labels: set},
		Spec: api.DeploymentSpec{
			Replicas: &replicas, Selector: &api.LabelSelector{MatchLabels: set},
			Template: api.PodTemplateSpec{ObjectMeta: api.ObjectMeta{Labels: set}, Spec: spec},
		},
	}, "failed to create deployment: ")
}

// containerName is the last part of an image's name, without tag and digest.
func containerName(image string) string {
	start, end := 0, len(image)
	for i := range len(image) {
		if image[i] == '/' {
			start = i + 1
		}
	}
	for i := start; i < end; i++ {
		if image[i] == ':' || image[i] == '@' {
			end = i
		}
	}
	out := []byte(image[start:end])
	for i, b := range out {
		if b == '_' || b == '.' {
			out[i] = '-'
		}
	}
	return cmp.Or(string(out), "container")
}
