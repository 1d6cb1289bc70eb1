package playground

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// TrafficView is all that is drawn of a stream of requests: how the last second went, and how all of it did.
type TrafficView struct {
	Key, Name, From, To string
	Tone                Tone
	State, Text         string
	// Ended, OK and Lost are of the whole stream; LastEnded and LastOK of the last second.
	Ended, OK, Lost   int64
	LastEnded, LastOK int64
	// Endpoints are the pods that got requests in the last second, by name; "" is nobody.
	Endpoints []api.TrafficEndpoint
	// Service is the key of the Service it goes to, FromPod that of the pod it comes from, and Pods are those of Endpoints; each
	// is empty if there is none.
	Service, FromPod string
	Pods             []string
}

func viewTraffic(t *api.Traffic, sn store.Snapshot) TrafficView {
	v := TrafficView{
		Key: "traffic/" + t.Name, Name: t.Name, From: place(t), To: address(t), Tone: ToneOK, State: "all well",
		Ended: t.Total.Ended, OK: t.Total.OK, Lost: t.Total.Ended - t.Total.OK,
		LastEnded: t.Last.Ended, LastOK: t.Last.OK, Endpoints: t.Endpoints,
	}
	namespace := "default"
	if s := serviceOf(t, sn); s != nil {
		v.Service, namespace = keyOf(api.KindService, s.Namespace, s.Name), s.Namespace
	}
	if t.FromPod != "" {
		v.FromPod = keyOf(api.KindPod, t.FromNamespace, t.FromPod)
	}
	for _, e := range t.Endpoints {
		key := ""
		if e.Pod != "" {
			key = keyOf(api.KindPod, namespace, e.Pod)
		}
		v.Pods = append(v.Pods, key)
	}
	switch {
	case t.End != 0:
		v.Tone, v.State = ToneIdle, "stopped"
	case v.LastEnded == 0:
		v.Tone, v.State = ToneBusy, "no answer yet"
	case v.LastOK == 0:
		v.Tone, v.State = ToneBad, "all lost"
	case v.LastOK < v.LastEnded:
		v.Tone, v.State = ToneWarn, "some lost"
	}
	v.Text = "traffic " + v.Name + " from " + v.From + " to " + v.To + ": " + v.State + ", " + number(v.LastOK) + " of " +
		number(v.LastEnded) + " in the last second, slowest " + short(time.Duration(t.Last.Slowest))
	return v
}
