package kubectl

import (
	"encoding/base64"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// sourceFlags are where the data of configmaps and secrets comes from.
func sourceFlags(more ...flagSpec) []flagSpec {
	return generatorFlags(append([]flagSpec{
		{name: "from-literal", typ: arrayFlag, help: "A key and its value, KEY=VALUE."},
		{name: "from-file", typ: sliceFlag, help: "A file, under its name or as KEY=FILE."},
		{name: "from-env-file", typ: sliceFlag, help: "A file of lines KEY=VALUE."},
		laterFlag("append-hash"),
	}, more...)...)
}

func createConfigMapVerb() *verb {
	return &verb{
		name: "create configmap", aliases: []string{"cm"}, usage: "NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]",
		short:    "Create a configmap from files or values.",
		examples: []string{"kubectl create configmap settings --from-literal=level=debug", "kubectl create configmap page --from-file=index.html"},
		flags:    sourceFlags(),
		run: func(c *call) error {
			name, err := c.oneName()
			if err != nil {
				return err
			}
			data, err := c.sources()
			if err != nil {
				return err
			}
			cm := &api.ConfigMap{ObjectMeta: api.ObjectMeta{Name: name}}
			for _, d := range data {
				if utf8.ValidString(d.value) {
					if cm.Data == nil {
						cm.Data = map[string]string{}
					}
					cm.Data[d.key] = d.value
					continue
				}
				if cm.BinaryData == nil {
					cm.BinaryData = map[string][]byte{}
				}
				cm.BinaryData[d.key] = []byte(d.value)
			}
			return c.generate(cm, "failed to create configmap: ")
		},
	}
}

// datum is a key with its value.
type datum struct{ key, value string }

// sources reads --from-file, --from-literal and --from-env-file.
func (c *call) sources() ([]datum, error) {
	if c.given("from-env-file") && (c.given("from-file") || c.given("from-literal")) {
		return nil, usageError("from-env-file cannot be combined with from-file or from-literal")
	}
	var out []datum
	add := func(key, value string) error {
		if slices.ContainsFunc(out, func(d datum) bool { return d.key == key }) {
			return usageError("cannot add key " + quote(key) + ", another key by that name already exists in Data")
		}
		out = append(out, datum{key, value})
		return nil
	}
	words := c.list("from-file")
	if i := slices.Index(words, "."); i >= 0 && c.env.Files != nil {
		words = slices.Replace(words, i, i+1, c.env.Files.Names()...)
	}
	for _, word := range words {
		key, file, named := strings.Cut(word, "=")
		if !named {
			file = word
			key = word[strings.LastIndexByte(word, '/')+1:]
		}
		if key == "" || file == "" {
			return nil, usageError("key name for file path " + file + " missing")
		}
		text, _, err := c.read(file)
		if err != nil {
			return nil, usageError("error reading " + file + ": no such file or directory")
		}
		if err := add(key, string(text)); err != nil {
			return nil, err
		}
	}
	for _, word := range c.list("from-literal") {
		key, value, ok := strings.Cut(word, "=")
		if !ok || key == "" {
			return nil, usageError("invalid literal source " + word + ", expected key=value")
		}
		if n := len(value); n > 1 && (value[0] == '"' || value[0] == '\'') && value[n-1] == value[0] {
			value = value[1 : n-1]
		}
		if err := add(key, value); err != nil {
			return nil, err
		}
	}
	for _, file := range c.list("from-env-file") {
		text, _, err := c.read(file)
		if err != nil {
			return nil, usageError("error reading " + file + ": no such file or directory")
		}
		for line := range strings.Lines(string(text)) {
			line = strings.TrimLeft(strings.TrimRight(line, "\r\n"), " \t")
			if line == "" || line[0] == '#' {
				continue
			}
			key, value, _ := strings.Cut(line, "=")
			if err := add(key, value); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func createSecretVerb() *verb {
	return &verb{
		name: "create secret", usage: "(docker-registry | generic | tls)",
		short:    "Create a secret: generic, tls or docker-registry.",
		examples: []string{"kubectl create secret generic db --from-literal=password=s3cret"},
		flags: sourceFlags(
			flagSpec{name: "type", typ: stringFlag, help: "The type of a generic secret."},
			flagSpec{name: "cert", typ: stringFlag, help: "The file with the certificate of a tls secret."},
			flagSpec{name: "key", typ: stringFlag, help: "The file with its key."},
			flagSpec{name: "docker-server", typ: stringFlag, initial: "https://index.docker.io/v1/", help: "The registry of a docker-registry secret."},
			flagSpec{name: "docker-username", typ: stringFlag, help: "Its user."},
			flagSpec{name: "docker-password", typ: stringFlag, help: "Its password."},
			flagSpec{name: "docker-email", typ: stringFlag, help: "Its address."},
		),
		run: createSecret,
	}
}

func createSecret(c *call) error {
	if len(c.args) == 0 {
		c.out.WriteString(c.verb.help())
		return nil
	}
	kind := c.args[0]
	c.args = c.args[1:]
	s := &api.Secret{Data: map[string][]byte{}}
	doing := "failed to create secret "
	var err error
	switch kind {
	case "generic":
		err = c.genericSecret(s)
	case "tls":
		err = c.tlsSecret(s)
	case "docker-registry":
		err = c.registrySecret(s)
	default:
		return usageError(`unknown command "` + kind + `" for "kubectl create secret"`)
	}
	if err != nil {
		return err
	}
	if s.Name, err = c.oneName(); err != nil {
		return err
	}
	return c.generate(s, doing)
}

func (c *call) genericSecret(s *api.Secret) error {
	data, err := c.sources()
	for _, d := range data {
		s.Data[d.key] = []byte(d.value)
	}
	s.Type = api.SecretType(c.text("type"))
	return err
}

func (c *call) tlsSecret(s *api.Secret) error {
	s.Type = "kubernetes.io/tls"
	for _, flag := range []string{"cert", "key"} {
		if c.text(flag) == "" {
			return usageError("key and cert must be specified")
		}
		text, _, err := c.read(c.text(flag))
		if err != nil {
			return usageError("open " + c.text(flag) + ": no such file or directory")
		}
		s.Data[map[string]string{"cert": "tls.crt", "key": "tls.key"}[flag]] = text
	}
	return nil
}

func (c *call) registrySecret(s *api.Secret) error {
	s.Type = "kubernetes.io/dockerconfigjson"
	user, password := c.text("docker-username"), c.text("docker-password")
	if user == "" || password == "" {
		return usageError("either --from-file or the combination of --docker-username, --docker-password and --docker-server is required")
	}
	entry := map[string]any{"username": user, "password": password, "auth": base64.StdEncoding.EncodeToString([]byte(user + ":" + password))}
	if mail := c.text("docker-email"); mail != "" {
		entry["email"] = mail
	}
	b, err := schema.MarshalTree(at(entry, "auths", c.text("docker-server")))
	s.Data[".dockerconfigjson"] = b
	return err
}
