package schedule

import (
	"math"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// The plugins that score nodes, each from 0 to 100.
const (
	pluginTaints = iota
	pluginNodeAffinity
	pluginFit
	pluginBalance
	pluginSpread
	pluginPodAffinity
	pluginImages
	numPlugins
)

// plugins are the names under which upstream knows them, and what their scores are multiplied with.
//
// Source: k8s.io/kubernetes, pkg/scheduler/apis/config, the default plugins.
var plugins = [numPlugins]struct {
	name   string
	weight int64
}{
	{"TaintToleration", 3}, {"NodeAffinity", 2}, {"NodeResourcesFit", 1}, {"NodeResourcesBalancedAllocation", 1},
	{"PodTopologySpread", 2}, {"InterPodAffinity", 2}, {"ImageLocality", 1},
}

const (
	maxScore      = 100
	smallestImage = 23 << 20 // of which a node has to have more to score, in bytes
	largestImage  = 1000 << 20
)

// local is what a node scores by what is free on it. Machines are often alike, so the last score is kept.
func (c *class) local(n *nodeInfo) int32 {
	key := [...]int64{n.free.CPU, n.free.Memory, n.used.CPU, n.used.Memory, n.asked.CPU, n.asked.Memory}
	if !c.scored || c.scoredFor != key {
		c.scored, c.scoredFor, c.score = true, key, int32(c.least(n)+c.balance(n))
	}
	return c.score
}

// least is the part of cpu and memory that would be left, averaged: LeastAllocated.
//
// Source: Kubernetes documentation, "Resource Bin Packing"; k8s.io/kubernetes, plugin NodeResourcesFit.
func (n *need) least(info *nodeInfo) int64 {
	sum, of := int64(0), int64(0)
	left := func(want, used, have int64) {
		if have == 0 {
			return
		}
		of++
		if used+want <= have {
			sum += (have - used - want) * maxScore / have
		}
	}
	left(n.asked.CPU, info.asked.CPU, info.free.CPU)
	left(n.asked.Memory, info.asked.Memory, info.free.Memory)
	if of == 0 {
		return 0
	}
	return sum / of
}

// balance is how much evener than before cpu and memory would be used, from 50 on; 0 for pods that request neither.
//
// Source: k8s.io/kubernetes, plugin NodeResourcesBalancedAllocation.
func (n *need) balance(info *nodeInfo) int64 {
	if n.used.CPU == 0 && n.used.Memory == 0 {
		return 0
	}
	with := evenness(info.used.CPU+n.used.CPU, info.free.CPU, info.used.Memory+n.used.Memory, info.free.Memory)
	without := evenness(info.used.CPU, info.free.CPU, info.used.Memory, info.free.Memory)
	return maxScore/2 + (maxScore/2+with-without)/2
}

// evenness is 100 where the parts of cpu and memory that are used are equal. It computes as upstream does, by steps that are
// exact or correctly rounded on every machine.
func evenness(cpu, ofCPU, memory, ofMemory int64) int64 {
	if ofCPU == 0 || ofMemory == 0 {
		return maxScore
	}
	a, b := min(float64(cpu)/float64(ofCPU), 1), min(float64(memory)/float64(ofMemory), 1)
	deviation := math.Abs((a - b) / 2)
	return int64((1 - deviation) * maxScore)
}

// wantsImages tells whether some node has one of the pod's images, so that scores depend on who has it.
func (c *class) wantsImages() bool { return len(c.images()) > 0 }

// images are the pod's images that some node has, by the name nodes list: with a tag, and otherwise as it is spelled. A short
// name such as nginx is therefore never found, as upstream.
func (c *class) images() (list []string) {
	if len(c.digest.images) == 0 {
		return nil
	}
	for _, containers := range [][]api.Container{c.pod.Spec.InitContainers, c.pod.Spec.Containers} {
		for i := range containers {
			name := tagged(containers[i].Image)
			if c.digest.images[name] > 0 {
				list = append(list, name)
			}
		}
	}
	return list
}

// tagged is the name with the tag latest if it has none.
func tagged(name string) string {
	for i := len(name) - 1; i >= 0 && name[i] != '/'; i-- {
		if name[i] == ':' {
			return name
		}
	}
	return name + ":latest"
}

// locality is high where large images of the pod are on the node already, if not only on this one.
//
// Source: k8s.io/kubernetes, plugin ImageLocality.
func (c *class) locality(n *api.Node, images []string) int32 {
	if len(images) == 0 {
		return 0
	}
	sum := int64(0)
	for _, name := range images {
		size, ok := imageSize(n, name)
		if ok {
			spread := float64(c.digest.images[name]) / float64(len(c.digest.nodes))
			sum += int64(float64(size) * spread)
		}
	}
	most := int64(largestImage * (len(c.pod.Spec.Containers) + len(c.pod.Spec.InitContainers)))
	return int32(maxScore * (min(max(sum, smallestImage), most) - smallestImage) / (most - smallestImage))
}

func imageSize(n *api.Node, name string) (int64, bool) {
	for i := range n.Status.Images {
		for _, have := range n.Status.Images[i].Names {
			if have == name {
				return n.Status.Images[i].SizeBytes, true
			}
		}
	}
	return 0, false
}
