package network

import (
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// What one way takes between two containers of a machine, two machines, and from outside; chance adds up to half of it.
const (
	waySame    = 40 * time.Microsecond
	wayNodes   = 250 * time.Microsecond
	wayOutside = 4 * time.Millisecond
)

// firstRepeat is after how long a packet that opens a connection is sent again, and firstResend one with data; each time
// after twice as long.
const (
	firstRepeat = time.Second
	firstResend = 200 * time.Millisecond
)

// arpPatience is how long a node looks for an address of its own network that nobody has any more.
const arpPatience = 3060 * time.Millisecond

// way sends one packet between two machines. It tells how long it takes, and false if it is lost.
func (k *walk) way(at time.Duration, from, to string) (time.Duration, bool) {
	base := wayNodes
	switch {
	case from == to:
		base = waySame
	case from == "" || to == "":
		base = wayOutside
	}
	base += time.Duration(k.rand.IntN(int(base / 2)))
	lot := k.rand.IntN(1000)
	if k.Weather == nil || from == to {
		return base, true
	}
	p := k.Weather.Path(at, from, to)
	return base + p.Slow, !p.Cut && lot >= p.Loss
}

// toBackend sends a packet the whole way to where the endpoint is, through a node if the table stands there.
func (k *walk) toBackend(at time.Duration, b *backend) (time.Duration, bool) {
	if k.through == "" {
		return k.way(at, k.client, b.node)
	}
	first, ok := k.way(at, k.client, k.through)
	second, ok2 := k.way(at+first, k.through, b.node)
	return first + second, ok && ok2 && !k.downAt(at+first, k.through)
}

// fromBackend sends a packet the way back.
func (k *walk) fromBackend(at time.Duration, b *backend) (time.Duration, bool) {
	if k.through == "" {
		return k.way(at, b.node, k.client)
	}
	first, ok := k.way(at, b.node, k.through)
	second, ok2 := k.way(at+first, k.through, k.client)
	return first + second, ok && ok2
}

func (k *walk) downAt(at time.Duration, node string) bool {
	return k.Weather != nil && k.Weather.Down(at, node)
}

// connect opens the connection, repeating what gets lost.
func (k *walk) connect(b *backend) bool {
	sent := k.t
	for pause := firstRepeat; ; pause *= 2 {
		if b == nil {
			if !k.reach(sent + pause) {
				return false
			}
		} else if done, connected := k.knock(sent, b); done {
			return connected
		} else if !k.reach(sent + pause) {
			return false
		}
		sent += pause
	}
}

// knock sends one packet to open the connection. It is done if an answer of any kind comes back, or the present ends.
func (k *walk) knock(sent time.Duration, b *backend) (done, connected bool) {
	to, arrives := k.toBackend(sent, b)
	back, returns := k.fromBackend(sent+to, b)
	if !arrives {
		k.note(k.from(), "lost on the way to "+b.address)
		return false, false
	}
	if !k.reach(sent + to) {
		return true, false
	}
	if b.node != "" && k.down(b.node) {
		k.note(b.node, "is down")
		return false, false
	}
	box, gone := k.holder(b)
	switch {
	case gone:
		k.note(b.node, "nobody has "+b.address+" any more: "+b.pod+" is gone")
		return true, k.reach(k.t+arpPatience+back) && k.end(k.t, NoRoute)
	case box == nil:
		k.note(b.node, "nothing listens on "+port(b.address, b.port))
		return true, k.reach(k.t+back) && k.end(k.t, Refused)
	}
	if a := k.serve(box, b.port); !a.Open {
		k.note(b.pod, "nothing listens on port "+strconv.Itoa(int(b.port)))
		if !returns {
			return false, false
		}
		return true, k.reach(k.t+back) && k.end(k.t, Refused)
	}
	if !returns {
		k.note(b.pod, "its answer is lost on the way back")
		return false, false
	}
	if !k.reach(k.t + back) {
		return true, false
	}
	k.Connected = k.t
	return true, true
}

// holder is the sandbox behind an endpoint at this moment. It is gone if the endpoint was a pod that is no more; it is nil
// on a node itself, where nothing listens.
func (k *walk) holder(b *backend) (box *api.Sandbox, gone bool) {
	if b.uid == "" {
		return nil, false
	}
	o, _, ok := k.Snapshot.AsOf(k.t).Get(api.KindSandbox, b.namespace, string(b.uid))
	box, isBox := o.(*api.Sandbox)
	if !ok || !isBox || box.Dead {
		return nil, true
	}
	return box, false
}

// serve asks the containers of a sandbox. A pod that was taken out of the store by force is gone with its containers.
func (k *walk) serve(box *api.Sandbox, n int32) workload.Answer {
	o, _, ok := k.Snapshot.AsOf(k.t).Get(api.KindPod, box.Namespace, box.OwnerReferences[0].Name)
	pod, isPod := o.(*api.Pod)
	if !ok || !isPod || pod.UID != box.PodUID {
		return workload.Answer{}
	}
	return k.Catalog.Serve(pod, box, n, k.Path, int64(k.t))
}

// exchange sends the request and waits for the answer.
func (k *walk) exchange(b *backend) {
	if !k.deliver(b, true) {
		return
	}
	box, gone := k.holder(b)
	var a workload.Answer
	if !gone && box != nil {
		a = k.serve(box, b.port)
	}
	if !a.Open {
		k.note(b.pod, "ended before it read the request")
		k.end(k.t, Emptied)
		return
	}
	if !k.reach(k.t + a.Takes) {
		return
	}
	if now, gone := k.holder(b); gone || !sameRun(box, now) || k.down(b.node) {
		k.note(b.pod, "ended before it answered")
		k.end(k.t, Emptied)
		return
	}
	if k.tell && a.Status != 0 {
		k.note(b.pod, "answers "+strconv.Itoa(a.Status))
	} else if k.tell {
		k.note(b.pod, "takes the connection, but does not speak HTTP")
	}
	if !k.deliver(b, false) {
		return
	}
	k.Status, k.Body = a.Status, a.Body
	if a.Status == 0 {
		k.end(k.t, NotHTTP)
		return
	}
	k.end(k.t, Answered)
}

// deliver brings data to the endpoint or back, sending again what gets lost.
func (k *walk) deliver(b *backend, out bool) bool {
	sent := k.t
	for pause := firstResend; ; pause *= 2 {
		send := k.fromBackend
		if out {
			send = k.toBackend
		}
		if took, ok := send(sent, b); ok {
			return k.reach(sent + took)
		}
		if !k.reach(sent + pause) {
			return false
		}
		k.note(k.from(), "a packet was lost and is sent again")
		sent += pause
	}
}

// sameRun tells whether the containers that ran then still run.
func sameRun(then, now *api.Sandbox) bool {
	for i := range then.Containers {
		if t := &then.Containers[i]; t.State == api.RunRunning {
			if n := &now.Containers[i]; n.State != api.RunRunning || n.Since != t.Since {
				return false
			}
		}
	}
	return true
}
