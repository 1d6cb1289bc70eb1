package api

import "slices"

// Traffic is a steady stream of requests, and what became of them. It is not a Kubernetes kind and no client sees it: it
// stands for people who use what runs on the cluster. It is written once an interval, however many requests there are.
type Traffic struct {
	// ObjectMeta has the name of the stream; it is in no namespace.
	ObjectMeta `json:"metadata"`
	// Namespace and Pod are the client; both are empty for one outside the cluster.
	FromNamespace, FromPod string
	// Host, Port and Path are what is asked for.
	Host string
	Port int32
	Path string
	// Gap is the time from one request to the next, in nanoseconds, and Timeout how long each is waited for.
	Gap, Timeout int64
	// Begin and End are when the stream begins and ends, in nanoseconds since the epoch; End is 0 while it goes on.
	Begin, End int64

	// Next is the number of the next request to begin, counted from 0. Pending are those that have begun and not ended.
	Next    int64
	Pending []int64
	// Total counts all that have ended, and Last those that ended in the last interval, from Since to Until.
	Total, Last TrafficCount
	Since       int64
	Until       int64
	// Endpoints are the pods that got requests in the last interval, by name, with "" for requests that got nowhere.
	Endpoints []TrafficEndpoint
}

// TrafficCount counts requests that have ended.
type TrafficCount struct {
	// Ended is how many there are, and OK how many of them got what they wanted.
	Ended, OK int64
	// Results counts them by how they ended, in the order of network's Results; ServerErrors are answers of 500 and above.
	Results      []int64
	ServerErrors int64
	// Took is the sum of their times in nanoseconds, and Slowest the longest.
	Took, Slowest int64
}

// TrafficEndpoint is what one pod got.
type TrafficEndpoint struct {
	// Pod is its name.
	Pod string
	// Ended is how many of its requests ended, and OK how many of them well.
	Ended, OK int64
}

// Add counts one more request. Results must not be shared with another version.
func (c *TrafficCount) Add(result int, ok, serverError bool, took int64) {
	for len(c.Results) <= result {
		c.Results = append(c.Results, 0)
	}
	c.Ended++
	c.Results[result]++
	if ok {
		c.OK++
	}
	if serverError {
		c.ServerErrors++
	}
	c.Took += took
	c.Slowest = max(c.Slowest, took)
}

// Count adds one more request to the pod that got it.
func (t *Traffic) Count(pod string, ok bool) {
	i, found := slices.BinarySearchFunc(t.Endpoints, pod, func(e TrafficEndpoint, pod string) int {
		switch {
		case e.Pod < pod:
			return -1
		case e.Pod > pod:
			return 1
		}
		return 0
	})
	if !found {
		t.Endpoints = slices.Insert(t.Endpoints, i, TrafficEndpoint{Pod: pod})
	}
	t.Endpoints[i].Ended++
	if ok {
		t.Endpoints[i].OK++
	}
}

// Kind is KindTraffic.
func (*Traffic) Kind() Kind { return KindTraffic }

// Clone copies the top and shares what is below it.
func (t *Traffic) Clone() Object { c := *t; return &c }
