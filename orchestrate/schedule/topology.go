package schedule

// topology says which nodes are in the same place, as far as one label of theirs tells.
type topology struct {
	domains []int32 // by node: which value of the label it has; nowhere without the label
	size    int     // how many values there are
	single  bool    // each of them is of one node
	blank   int32   // the value ""; nowhere if no node has it
}

// nowhere stands for a label that is missing.
const nowhere = -1 << 31

// topology is that of a label, each node a place of its own if it has the label and apart is set.
func (d *digest) topology(key string, apart bool) *topology {
	name := key
	if apart {
		name += " "
	}
	if t := d.topologies[name]; t != nil {
		return t
	}
	t := &topology{domains: make([]int32, len(d.nodes)), blank: nowhere}
	d.topologies[name] = t
	known, labelled := map[string]int32{}, 0
	for i, info := range d.nodes {
		value, ok := info.node.Labels[key]
		if !ok {
			t.domains[i] = nowhere
			continue
		}
		labelled++
		domain, ok := known[value]
		if !ok || apart {
			domain = int32(t.size)
			t.size++
			known[value] = domain
		}
		t.domains[i] = domain
		if value == "" {
			t.blank = domain
		}
	}
	t.single = t.size == labelled
	return t
}
