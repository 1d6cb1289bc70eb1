package playground

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schedule"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// Tone says how something is doing; the page gives it a colour and a shape, so that colour is never alone.
type Tone string

// The tones, from good to bad, and idle for what is over.
const (
	ToneOK   Tone = "ok"
	ToneBusy Tone = "busy"
	ToneWarn Tone = "warn"
	ToneBad  Tone = "bad"
	ToneIdle Tone = "idle"
)

// shapes are the shapes that go with the tones.
func shape(t Tone) string {
	switch t {
	case ToneOK:
		return "circle"
	case ToneBusy:
		return "triangle"
	case ToneWarn:
		return "square"
	case ToneBad:
		return "diamond"
	}
	return "dash"
}

// Bar is how much of something a node has given away.
type Bar struct {
	Label    string
	Used, Of int64
	Text     string
}

// NodeView is all that is drawn of a node.
type NodeView struct {
	Key, Name   string
	Tone        Tone
	State, Text string
	Bars        []Bar
}

// PodView is all that is drawn of a pod.
type PodView struct {
	Key, Name, Namespace   string
	Node                   string // name of its node; "" while it has none
	Tone                   Tone
	State, Ready, IP, Text string
	Steps                  []Progress
	// Group is what tells the pods of one application and template from others, for example app=web.
	Group string
}

// Progress is one of the steps from a manifest to a ready pod.
type Progress struct {
	Label string
	Done  bool
}

// View is a world as a screen shows it: nodes by name, pods and Services by namespace and name, streams of requests by name.
type View struct {
	Nodes    []NodeView
	Pods     []PodView
	Services []ServiceView
	Traffic  []TrafficView
}

// View is the moment on show.
func (s *Session) View() View {
	sn := s.snapshot()
	var v View
	for _, o := range sn.List(api.KindNode) {
		if n, ok := o.(*api.Node); ok {
			v.Nodes = append(v.Nodes, viewNode(n, sn))
		}
	}
	for _, o := range sn.List(api.KindPod) {
		if p, ok := o.(*api.Pod); ok {
			v.Pods = append(v.Pods, viewPod(p))
		}
	}
	for _, o := range sn.List(api.KindService) {
		if s, ok := o.(*api.Service); ok {
			v.Services = append(v.Services, viewService(s, sn))
		}
	}
	for _, o := range sn.List(api.KindTraffic) {
		if t, ok := o.(*api.Traffic); ok {
			v.Traffic = append(v.Traffic, viewTraffic(t, sn))
		}
	}
	return v
}

// snapshot is the store at the moment on show.
func (s *Session) snapshot() store.Snapshot {
	if !s.looking {
		return s.cluster.Snapshot()
	}
	sn, err := s.cluster.At(s.cluster.RevisionAt(s.look))
	if err != nil {
		return s.cluster.Snapshot()
	}
	return sn
}

func viewNode(n *api.Node, sn store.Snapshot) NodeView {
	v := NodeView{Key: "node/" + n.Name, Name: n.Name, Tone: ToneOK, State: request.NodeStatus(n)}
	if v.State != "Ready" {
		v.Tone = ToneBad
		if strings.HasPrefix(v.State, "Ready") {
			v.Tone = ToneWarn
		}
	}
	var used schedule.Resources
	pods := int64(0)
	for _, o := range sn.ByNode(api.KindPod, n.Name) {
		p, ok := o.(*api.Pod)
		if !ok || p.Status.Phase == api.PodSucceeded || p.Status.Phase == api.PodFailed {
			continue
		}
		r, _ := schedule.Requests(p)
		used.CPU += r.CPU
		used.Memory += r.Memory
		pods++
	}
	have := n.Status.Allocatable
	cpu, memory, most := have[api.ResourceCPU], have[api.ResourceMemory], have[api.ResourcePods]
	v.Bars = []Bar{
		{"cpu", used.CPU, cpu.Milli(), api.MilliQuantity(used.CPU).String() + " / " + cpu.String()},
		{"memory", used.Memory, memory.Value(), api.QuantityOf(used.Memory, api.BinarySI).String() + " / " + memory.String()},
		{"pods", pods, most.Value(), strconv.FormatInt(pods, 10) + " / " + most.String()},
	}
	v.Text = "node " + n.Name + ", " + v.State + ", " + count(pods, "pod")
	return v
}

func count(n int64, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.FormatInt(n, 10) + " " + word + "s"
}

func viewPod(p *api.Pod) PodView {
	sum := request.Summarize(p)
	v := PodView{
		Key: "pod/" + p.Namespace + "/" + p.Name, Name: p.Name, Namespace: p.Namespace, Node: p.Spec.NodeName,
		State: sum.Status, Ready: strconv.Itoa(sum.Ready) + "/" + strconv.Itoa(sum.Containers), IP: p.Status.PodIP,
		Steps: progress(p), Group: podGroup(p),
	}
	ready := len(v.Steps) > 0 && v.Steps[len(v.Steps)-1].Done
	v.Tone = podTone(p, sum.Status, ready)
	v.Text = "pod " + p.Name
	if p.Spec.NodeName != "" {
		v.Text += " on " + p.Spec.NodeName
	}
	v.Text += ", " + v.State
	if ready {
		v.Text += ", ready"
	}
	return v
}

// podTone is how a pod is doing.
func podTone(p *api.Pod, status string, ready bool) Tone {
	switch {
	case p.DeletionTimestamp != 0:
		return ToneWarn
	case p.Status.Phase == api.PodSucceeded:
		return ToneIdle
	case p.Status.Phase == api.PodFailed || troubled(p, status):
		return ToneBad
	case ready:
		return ToneOK
	}
	return ToneBusy
}

// troubled tells whether somebody should look: a reason of the kubelet's that is not part of starting, or no node that fits.
func troubled(p *api.Pod, status string) bool {
	if c, ok := api.PodConditionOf(p.Status.Conditions, api.PodScheduled); ok && c.Status == api.ConditionFalse {
		return true
	}
	return strings.HasSuffix(status, "BackOff") || strings.Contains(status, "Err") || status == "OOMKilled"
}

// progress is how far a pod has come on its way to readiness.
func progress(p *api.Pod) []Progress {
	pulled, started := len(p.Status.ContainerStatuses) > 0, len(p.Status.ContainerStatuses) > 0
	for i := range p.Status.ContainerStatuses {
		c := &p.Status.ContainerStatuses[i]
		pulled = pulled && c.ImageID != ""
		started = started && (c.State.Running != nil || c.State.Terminated != nil || c.LastTerminationState.Terminated != nil)
	}
	ready, _ := api.PodConditionOf(p.Status.Conditions, api.PodReady)
	return []Progress{
		{"admitted", true},
		{"scheduled", p.Spec.NodeName != ""},
		{"pulled", pulled},
		{"started", started},
		{"ready", ready.Status == api.ConditionTrue},
	}
}
