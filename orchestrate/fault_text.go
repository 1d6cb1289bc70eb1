package orchestrate

import (
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Fault is something that goes wrong, or right again, in its plain form.
type Fault struct {
	// Type says what: one of the types of package api, or [ContainerCrash] or [ComponentCrash], which are over at once.
	Type string
	// Target is what it is about: a node, a component, a pod.
	Target string
	// Amount is how bad it is, for network-slow (nanoseconds) and network-lossy (lost packets of a thousand).
	Amount int64
	// Mend tells that the fault ends.
	Mend bool
}

// The faults that are over at once.
const (
	ContainerCrash = "container-crash"
	ComponentCrash = "component-crash"
)

// FaultDoc describes one fault for people.
type FaultDoc struct {
	// Break and Mend are the words that begin and end it; Mend is empty if it is over at once.
	Break, Mend string
	// Args is what follows them, as in "NODE", and Doc says in one sentence what it does.
	Args, Doc string
}

type targetKind uint8

const (
	aNode targetKind = iota
	aNodeOrAll
	aComponent
	aRegistry
	anImage
	aPod
)

type faultWord struct {
	FaultDoc
	target targetKind
	amount byte // 'd' for a duration, '%' for a share; 0 for none
}

// faultWords are all faults, in the order in which they are listed.
var faultWords = [...]faultWord{
	{FaultDoc{api.NodeDown, "node-up", "NODE", "The machine loses power: its containers are gone, and nobody tells the API server."}, aNode, 0},
	{FaultDoc{api.NetworkCut, "network-heal", "NODE", "The node and the control plane no longer reach each other; the containers run on."}, aNode, 0},
	{FaultDoc{api.KubeletDown, "kubelet-up", "NODE", "The kubelet stops; the containers run on, and nobody restarts them."}, aNode, 0},
	{FaultDoc{ContainerCrash, "", "[NAMESPACE/]POD[/CONTAINER]", "The process of a container is killed."}, aPod, 0},
	{FaultDoc{api.ComponentDown, "component-up", "COMPONENT", "A program of the control plane stops, for example kube-scheduler."}, aComponent, 0},
	{FaultDoc{ComponentCrash, "", "COMPONENT", "A program of the control plane crashes, forgets all it knew, and starts again."}, aComponent, 0},
	{FaultDoc{api.RegistryDown, "registry-up", "[REGISTRY]", "Images cannot be pulled, from one registry or from any."}, aRegistry, 0},
	{FaultDoc{api.ImageMissing, "image-back", "IMAGE", "The registry no longer has an image; nodes that pulled it still do."}, anImage, 0},
	{FaultDoc{api.NetworkSlow, "network-fast", "DURATION [NODE]", "Every packet takes so much longer."}, aNodeOrAll, 'd'},
	{FaultDoc{api.NetworkLossy, "network-lossless", "PERCENT [NODE]", "So many packets are lost."}, aNodeOrAll, '%'},
}

// FaultDocs describes all faults, in the order in which they are listed.
func FaultDocs() []FaultDoc {
	out := make([]FaultDoc, len(faultWords))
	for i := range faultWords {
		out[i] = faultWords[i].FaultDoc
	}
	return out
}

func wordOf(kind string) (faultWord, bool) {
	for _, w := range faultWords {
		if w.Break == kind {
			return w, true
		}
	}
	return faultWord{}, false
}

// ParseFault reads a fault as [Fault.String] writes it: "node-down node-1", "node-up node-1", "network-slow 200ms", "network-lossy
// 10% node-2". The error says what was expected.
func ParseFault(words []string) (Fault, error) {
	if len(words) == 0 {
		return Fault{}, fmt.Errorf("which fault? For example: node-down node-1")
	}
	for _, w := range faultWords {
		if words[0] == w.Break || words[0] == w.Mend {
			return w.parse(words[0] != w.Break, words[1:])
		}
	}
	return Fault{}, fmt.Errorf("no fault is called %q", words[0])
}

func (w *faultWord) parse(mend bool, args []string) (Fault, error) {
	f := Fault{Type: w.Break, Mend: mend}
	usage := func(problem string) error {
		word, what := w.Break, w.Args
		if mend {
			word, what = w.Mend, strings.TrimPrefix(strings.TrimPrefix(w.Args, "DURATION "), "PERCENT ")
		}
		return fmt.Errorf("%s; write: %s %s", problem, word, what)
	}
	if w.amount != 0 && !mend {
		if len(args) == 0 {
			return f, usage("it is not said how much")
		}
		amount, ok := w.parseAmount(args[0])
		if !ok {
			return f, usage(fmt.Sprintf("%q is no amount", args[0]))
		}
		f.Amount, args = amount, args[1:]
	}
	switch {
	case len(args) > 1:
		return f, usage(fmt.Sprintf("%q is too much", args[1]))
	case len(args) == 1 && args[0] != "":
		f.Target = args[0]
	case w.target == aNodeOrAll || w.target == aRegistry:
		f.Target = api.AllTargets
	default:
		return f, usage("it is not said what it is about")
	}
	return f, nil
}

func (w *faultWord) parseAmount(text string) (int64, bool) {
	if w.amount == 'd' {
		d, err := time.ParseDuration(text)
		return int64(d), err == nil && d > 0 && d <= time.Hour
	}
	whole, tenth, _ := strings.Cut(strings.TrimSuffix(text, "%"), ".")
	n, err := strconv.ParseUint(whole+(tenth + "0")[:1], 10, 16)
	return int64(n), err == nil && n > 0 && n <= 1000 && len(tenth) <= 1
}

// String is the fault as it is typed.
func (f Fault) String() string {
	w, _ := wordOf(f.Type)
	text := f.Type
	if f.Mend {
		text = w.Mend
	}
	switch {
	case f.Mend:
	case w.amount == 'd':
		text += " " + time.Duration(f.Amount).String()
	case w.amount == '%':
		text += " " + strconv.FormatInt(f.Amount/10, 10)
		if f.Amount%10 != 0 {
			text += "." + strconv.FormatInt(f.Amount%10, 10)
		}
		text += "%"
	}
	if f.Target == api.AllTargets && (w.target == aNodeOrAll || w.target == aRegistry) {
		return text
	}
	return text + " " + f.Target
}
