package golden

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// names gives objects with random names the aliases of the recordings: owner and number, by order of creation.
type names struct {
	alias map[string]string // by kind and true name
	kind  map[string]string // of an alias; the kind's plural does not matter, only that equal kinds are equal
	real  map[string]string // true name by alias; of the newest object of that alias
	next  map[string]int    // by prefix
	hash  map[string]string // ReplicaSet's alias by pod-template-hash
	ips   map[string]string // masks by address
}

func newNames() *names {
	return &names{alias: map[string]string{}, kind: map[string]string{}, real: map[string]string{}, next: map[string]int{}, hash: map[string]string{}, ips: map[string]string{}}
}

// meet gives a new object its alias.
func (n *names) meet(o api.Object) {
	m, kind := o.Meta(), o.Kind().String()
	name := m.Name
	if prefix := n.prefix(o); prefix != "" {
		n.next[prefix]++
		name = prefix + strconv.Itoa(n.next[prefix])
	}
	n.alias[kind+"/"+m.Name] = name
	n.real[name] = m.Name
	if _, known := n.kind[name]; !known || kind == "ReplicaSet" || kind == "Deployment" || kind == "StatefulSet" {
		n.kind[name] = kind
	}
	if hash := m.Labels["pod-template-hash"]; hash != "" && kind == "ReplicaSet" {
		n.hash[hash] = name
	}
}

// prefix is the first part of an object's alias; "" if its name is no matter of chance.
func (n *names) prefix(o api.Object) string {
	m, kind := o.Meta(), o.Kind().String()
	owner, ownerKind := n.controller(o)
	switch {
	case kind == "EndpointSlice":
		if service := m.Labels["kubernetes.io/service-name"]; service != "" && m.GenerateName != "" {
			return service + "-slice"
		}
		return ""
	case owner == "" || ownerKind == "StatefulSet" && kind == "Pod":
		return ""
	case kind == "Pod" && ownerKind == "Job" && m.Annotations["batch.kubernetes.io/job-completion-index"] != "":
		return owner + "-" + m.Annotations["batch.kubernetes.io/job-completion-index"] + "-p"
	case kind == "Pod":
		return owner + "-p"
	case kind == "ReplicaSet":
		return owner + "-rs"
	case kind == "Job":
		return owner + "-j"
	case kind == "ControllerRevision":
		return owner + "-cr"
	}
	return ""
}

// controller is the alias and kind of the owner that manages an object.
func (n *names) controller(o api.Object) (alias, kind string) {
	for _, r := range o.Meta().OwnerReferences {
		if r.Controller != nil && *r.Controller {
			return n.of(r.Kind, r.Name), r.Kind
		}
	}
	return "", ""
}

// of is the alias of an object of this kind and name.
func (n *names) of(kind, name string) string {
	if a, ok := n.alias[kind+"/"+name]; ok {
		return a
	}
	return name
}

var aliasWord = regexp.MustCompile(`@[a-zA-Z0-9][a-zA-Z0-9.-]*`)

// unalias puts true names in place of @alias, and the namespace in place of {ns} and a lone NS.
func (n *names) unalias(text string) string {
	text = strings.ReplaceAll(text, "{ns}", space)
	for _, before := range []string{"", "ns/", "namespace/", "namespaces/", "--namespace=", "-n=", "-n"} {
		if text == before+"NS" {
			return before + space
		}
	}
	return aliasWord.ReplaceAllStringFunc(text, func(word string) string {
		if name, ok := n.real[word[1:]]; ok {
			return name
		}
		return word
	})
}

var (
	timeText = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`)
	uidText  = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	hashText = regexp.MustCompile(`(pod-template-hash[=:] ?)(<hash:[^>]*>|[a-z0-9]+)`)
	rvText   = regexp.MustCompile(`(Too large resource version: \d+, current: )\d+`)
)

// mask writes what is a matter of chance or time the way recordings do.
func (n *names) mask(text string) string {
	var true_ []string
	for key, alias := range n.alias {
		if _, name, _ := strings.Cut(key, "/"); name != alias {
			true_ = append(true_, name)
		}
	}
	slices.SortFunc(true_, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	for _, name := range slices.Compact(true_) {
		if !strings.Contains(text, name) {
			continue
		}
		for _, kind := range []string{"Pod", "ReplicaSet", "Job", "EndpointSlice", "ControllerRevision"} {
			if alias, ok := n.alias[kind+"/"+name]; ok {
				text = strings.ReplaceAll(text, name, alias)
				break
			}
		}
	}
	text = strings.ReplaceAll(text, space, "NS")
	text = timeText.ReplaceAllString(text, "<time>")
	text = uidText.ReplaceAllString(text, "<uid>")
	text = rvText.ReplaceAllString(text, "$1<rv>")
	return text
}

// sortLines is a text with its lines in order, as the recorder wrote down what comes in any order.
func sortLines(text string) string {
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
