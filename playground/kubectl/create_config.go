package kubectl

import (
	"encoding/base64"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/slipway-dev/slipway/internal/sha256"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// sourceFlags are where the data of configmaps and secrets comes from.
const sourceFlags = ` from-file append-hash
from-literal|a||A key and its value, KEY=VALUE.
from-env-file|l||A file of lines KEY=VALUE.`

func createConfigMapVerb() *verb {
	return &verb{
		name: "create configmap", aliases: []string{"cm"}, usage: "NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]",
		short:    "Create a configmap from files or values.",
		examples: []string{"kubectl create configmap settings --from-literal=level=debug", "kubectl create configmap page --from-file=index.html"},
		flags:    generatorFlags + sourceFlags,
		run: func(c *call) error {
			name, err := c.oneName()
			if err != nil {
				return err
			}
			data, err := c.sources("not a valid key name for a ConfigMap: ", `"`, ` in Data for ConfigMap "`+name+`"`)
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
			if c.on("append-hash") {
				tree := schema.Tree(cm)
				what := map[string]any{"kind": "ConfigMap", "name": name, "data": tree["data"]}
				if b := tree["binaryData"]; b != nil {
					what["binaryData"] = b
				}
				cm.Name += hashed(what)
			}
			return c.generate(cm, "failed to create configmap: ")
		},
	}
}

// datum is a key with its value.
type datum struct{ key, value string }

// sources reads --from-file, --from-literal and --from-env-file. What is said of a bad key and of one that is there twice depends on the kind.
func (c *call) sources(bad, mark, where string) ([]datum, error) {
	if c.given("from-env-file") && (c.given("from-file") || c.given("from-literal")) {
		return nil, usageError("from-env-file cannot be combined with from-file or from-literal")
	}
	var out []datum
	add := func(key, value string) error {
		if wrong := schema.ConfigKey(key); len(wrong) > 0 {
			return usageError(quote(key) + " is " + bad + strings.Join(wrong, ","))
		}
		if slices.ContainsFunc(out, func(d datum) bool { return d.key == key }) {
			return usageError("cannot add key " + mark + key + mark + ", another key by that name already exists" + where)
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
		switch {
		case !named:
			key, file = word[strings.LastIndexByte(word, '/')+1:], word
		case strings.Contains(file, "="):
			return nil, usageError("key names or file paths cannot contain '='")
		case key == "":
			return nil, usageError("key name for file path " + file + " missing")
		case file == "":
			return nil, usageError("file path for key name " + key + " missing")
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
	sub := func(name, usage, short string, fill func(c *call, s *api.Secret) error, flags string) *verb {
		return &verb{
			name: "create secret " + name, usage: "NAME " + usage + " [flags]", short: short,
			examples: []string{"kubectl create secret " + name + " my-secret " + usage},
			flags:    generatorFlags + flags,
			run:      func(c *call) error { return c.createSecret(fill) },
		}
	}
	return &verb{
		name: "create secret", usage: "(docker-registry | generic | tls)",
		short: "Create a secret: generic, tls or docker-registry.",
		run:   subcommands,
		subs: func() []*verb {
			return []*verb{
				sub("docker-registry", "--docker-username=user --docker-password=password", "Create a secret for a registry of images.", (*call).registrySecret,
					` from-file append-hash
docker-server|shttps://index.docker.io/v1/||The registry.
docker-username|s||Its user.
docker-password|s||Its password.
docker-email|s||Its address.`),
				sub("generic", "--from-literal=key=value", "Create a secret from files or values.", (*call).genericSecret, sourceFlags+"\ntype|s||The type of the secret."),
				sub("tls", "--cert=tls.crt --key=tls.key", "Create a secret with a certificate and its key.", (*call).tlsSecret,
					` append-hash
cert|s||The file with the certificate.
key|s||The file with its key.`),
			}
		},
	}
}

// createSecret makes a secret that fill puts data into.
func (c *call) createSecret(fill func(c *call, s *api.Secret) error) (err error) {
	s := &api.Secret{Data: map[string][]byte{}}
	if s.Name, err = c.oneName(); err != nil {
		return err
	}
	if err = fill(c, s); err != nil {
		return err
	}
	if c.on("append-hash") {
		data := map[string]any{}
		//order:irrelevant each key is copied by itself
		for k, v := range s.Data {
			data[k] = base64.StdEncoding.EncodeToString(v)
		}
		s.Name += hashed(map[string]any{"kind": "Secret", "type": string(s.Type), "name": s.Name, "data": data})
	}
	return c.generate(s, "failed to create secret ")
}

// hashed is what --append-hash appends to a name: ten letters of a hash of what counts, without vowels.
//
// Source: k8s.io/kubectl/pkg/util/hash.
func hashed(what map[string]any) string {
	const letters = "gh2k456789mbcdtf"
	sum := sha256.Sum([]byte(jsonText(what)))
	out := []byte("-")
	for _, x := range sum[:5] {
		out = append(out, letters[x>>4], letters[x&15])
	}
	return string(out)
}

func (c *call) genericSecret(s *api.Secret) error {
	s.Type = api.SecretType(c.text("type"))
	return c.fillSecret(s)
}

func (c *call) fillSecret(s *api.Secret) error {
	data, err := c.sources("not valid key name for a Secret ", "", "")
	for _, d := range data {
		s.Data[d.key] = []byte(d.value)
	}
	return err
}

func (c *call) tlsSecret(s *api.Secret) error {
	s.Type = "kubernetes.io/tls"
	for _, part := range [2][3]string{{"cert", "tls.crt", "certificate"}, {"key", "tls.key", "key"}} {
		name := c.text(part[0])
		if name == "" {
			return usageError("key and cert must be specified")
		}
		text, _, err := c.read(name)
		if err != nil {
			return usageError("open " + name + ": no such file or directory")
		}
		if !strings.Contains(string(text), "-----BEGIN ") {
			return usageError("tls: failed to find any PEM data in " + part[2] + " input")
		}
		s.Data[part[1]] = text
	}
	return nil
}

func (c *call) registrySecret(s *api.Secret) error {
	const key = ".dockerconfigjson"
	s.Type = "kubernetes.io/dockerconfigjson"
	user, password := c.text("docker-username"), c.text("docker-password")
	if files := c.values["from-file"]; len(files) > 0 {
		for i := range files {
			if !strings.Contains(files[i], "=") {
				files[i] = key + "=" + files[i]
			}
		}
		return c.fillSecret(s)
	}
	if user == "" || password == "" {
		return usageError("either --from-file or the combination of --docker-username, --docker-password and --docker-server is required")
	}
	text := `{"auths":{` + jsonText(c.text("docker-server")) + `:{"username":` + jsonText(user) + `,"password":` + jsonText(password)
	if mail := c.text("docker-email"); mail != "" {
		text += `,"email":` + jsonText(mail)
	}
	s.Data[key] = []byte(text + `,"auth":"` + base64.StdEncoding.EncodeToString([]byte(user+":"+password)) + `"}}}`)
	return nil
}

// jsonText is a tree as JSON.
func jsonText(v any) string {
	b, err := schema.MarshalTree(v)
	if err != nil {
		panic("kubectl: bug: " + err.Error())
	}
	return string(b)
}
