package golden

import (
	"slices"
)

func (w *world) service(o map[string]any) any {
	spec, _ := o["spec"].(map[string]any)
	out := map[string]any{"ports": []any{}, "sessionAffinity": spec["sessionAffinity"], "type": spec["type"]}
	for _, k := range []string{"selector", "externalName", "internalTrafficPolicy", "externalTrafficPolicy", "ipFamilyPolicy"} {
		put(out, k, spec[k])
	}
	delete(out, "externalTrafficPolicy")
	if ip := text(spec["clusterIP"]); ip == "None" {
		out["clusterIP"] = ip
	} else if ip != "" {
		out["clusterIP"] = "<clusterip>"
	}
	for _, p := range list(spec["ports"]) {
		port := map[string]any{}
		for _, k := range []string{"name", "port", "protocol", "targetPort"} {
			put(port, k, get(p, k))
		}
		if n := get(p, "nodePort"); n != nil {
			port["nodePortSet"] = true
		}
		out["ports"] = append(list(out["ports"]), port)
	}
	return out
}

func (w *world) endpoints(o map[string]any) any {
	out := []any{}
	for _, s := range list(o["subsets"]) {
		ports := []any{}
		for _, p := range list(get(s, "ports")) {
			ports = append(ports, []any{get(p, "name"), get(p, "port")})
		}
		out = append(out, map[string]any{
			"addresses": w.targets(get(s, "addresses")), "notReady": w.targets(get(s, "notReadyAddresses")), "ports": ports,
		})
	}
	return out
}

// targets are the aliases of the pods behind addresses, sorted.
func (w *world) targets(addresses any) []any {
	var out []string
	for _, a := range list(addresses) {
		out = append(out, w.target(a))
	}
	return setOf(out)
}

func (w *world) target(address any) string {
	ref := get(address, "targetRef")
	return w.of(text(get(ref, "kind")), text(get(ref, "name")))
}

func (w *world) endpointSlice(o map[string]any) any {
	out := map[string]any{"addressType": o["addressType"], "endpoints": []any{}, "ports": []any{}}
	var all []any
	for _, e := range list(o["endpoints"]) {
		one := map[string]any{"target": w.target(e)}
		for _, k := range []string{"ready", "serving", "terminating"} {
			put(one, k, get(e, "conditions", k))
		}
		put(one, "hostname", get(e, "hostname"))
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b any) int { return compare(text(get(a, "target")), text(get(b, "target"))) })
	out["endpoints"] = append(list(out["endpoints"]), all...)
	for _, p := range list(o["ports"]) {
		port := map[string]any{}
		for _, k := range []string{"name", "port", "protocol"} {
			port[k] = get(p, k)
		}
		out["ports"] = append(list(out["ports"]), port)
	}
	return out
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
