package kubectl

import (
	"cmp"
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// generatorFlags are those of every create of a thing by name.
func generatorFlags(more ...flagSpec) []flagSpec {
	return append([]flagSpec{
		dryRunFlag, outputFlag,
		{name: "save-config", typ: boolFlag, help: "Keep the manifest in an annotation, as apply does."},
		validateFlag,
		{name: "field-manager", typ: stringFlag, help: "The name under which the fields are owned."},
	}, more...)
}

// generators are what create can make by name, in kubectl's order.
func generators() []*verb {
	return slices.Concat([]*verb{
		createConfigMapVerb(), createDeploymentVerb(), createNamespaceVerb(), createSecretVerb(), createServiceVerb(), createAccountVerb(),
	}, laterGenerators())
}

// laterGenerators are those whose kinds come later: they answer as they do against a server without the kind.
func laterGenerators() []*verb {
	var out []*verb
	for _, g := range []struct {
		name    string
		aliases []string
		doing   string // what create says it failed to do; "" if it only says what the server said
	}{
		{"clusterrole", nil, ""}, {"clusterrolebinding", nil, "failed to create clusterrolebinding: "}, {"cronjob", []string{"cj"}, "failed to create cronjob: "},
		{"ingress", []string{"ing"}, "failed to create ingress: "}, {"job", nil, "failed to create job: "},
		{"poddisruptionbudget", []string{"pdb"}, "failed to create poddisruptionbudgets: "}, {"priorityclass", []string{"pc"}, "failed to create priorityclass: "},
		{"quota", []string{"resourcequota"}, "failed to create quota: "}, {"role", nil, ""}, {"rolebinding", nil, "failed to create rolebinding: "},
		{"token", nil, "failed to create token: "},
	} {
		out = append(out, &verb{
			name: "create " + g.name, aliases: g.aliases, usage: "NAME [flags]", loose: true,
			short: "Create a " + g.name + " (this kind is not here yet).",
			run: func(c *call) error {
				if g.doing != "" {
					return usageError(g.doing + notFoundResource().Error())
				}
				return notFoundResource()
			},
		})
	}
	return out
}

// oneName is the only word of the command line.
func (c *call) oneName() (string, error) {
	if len(c.args) != 1 {
		return "", usageError("exactly one NAME is required, got " + itoa(len(c.args)) + "\nSee 'kubectl " + c.verb.name + " -h' for help and examples")
	}
	return c.args[0], nil
}

// generate creates an object that kubectl made. Doing is what it says it failed to do; "" if it says what the server said.
func (c *call) generate(obj api.Object, doing string) error {
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	res := schema.ByKind(obj.Kind())
	if c.on("save-config") {
		if obj, err = saved(res, obj, c.namespace()); err != nil {
			return err
		}
	}
	if dry == "client" {
		if c.given("namespace") && res.Namespaced {
			obj.Meta().Namespace = c.namespace()
		}
		return c.didTyped(res, obj, "created", dry)
	}
	created, err := c.env.Server.Create(res, c.namespace(), obj, request.WriteOptions{DryRun: dry == "server", FieldManager: c.manager()})
	if err != nil {
		if doing == "" {
			return err
		}
		return usageError(doing + err.Error())
	}
	return c.didTyped(res, created, "created", dry)
}

// saved is an object with the annotation that apply would give it.
func saved(res *schema.Resource, obj api.Object, namespace string) (api.Object, error) {
	m := &manifest{Document: schema.Document{Resource: res, Tree: schema.Tree(obj), Namespace: namespace}}
	tree, err := m.configuration()
	if err != nil {
		return nil, err
	}
	return schema.FromTree(res, tree)
}

func createNamespaceVerb() *verb {
	return &verb{
		name: "create namespace", aliases: []string{"ns"}, usage: "NAME [flags]",
		short:    "Create a namespace.",
		examples: []string{"kubectl create namespace shop"},
		flags:    generatorFlags(),
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
		flags:    generatorFlags(),
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
		flags: generatorFlags(
			flagSpec{name: "image", typ: sliceFlag, help: "The image; repeat it for several containers."},
			flagSpec{name: "port", typ: intFlag, initial: "-1", help: "The port that the container exposes."},
			flagSpec{name: "replicas", short: 'r', typ: intFlag, initial: "1", help: "How many pods there are to be."},
		),
		run: createDeployment,
	}
}

func createDeployment(c *call) error {
	words, command := c.args, []string(nil)
	if c.dash >= 0 {
		words, command = c.args[:c.dash], c.args[c.dash:]
	}
	images := c.list("image")
	switch {
	case len(images) == 0:
		return usageError(`required flag(s) "image" not set`)
	case len(words) != 1:
		return usageError("exactly one NAME is required, got " + itoa(len(words)) + "\nSee 'kubectl create deployment -h' for help and examples")
	case len(images) > 1 && len(command) > 0:
		return usageError("cannot specify multiple --image options and command")
	case c.number("replicas") < 0:
		return usageError("invalid --replicas value " + c.text("replicas") + ": must be greater than or equal to 0")
	}
	name, replicas := words[0], int32(c.number("replicas"))
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
