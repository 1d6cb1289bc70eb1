// Package api holds the types of the objects a world stores: Kubernetes' own JSON, field for field.
//
//	manifest --schema.Decode--> api.Pod --admit--> stored, frozen --schema.Marshal--> kubectl get -o yaml
//	                              |
//	                              +-- ObjectMeta  name, identity, labels, owners
//	                              +-- *PodSpec    what is wanted; versions of a pod share it
//	                              +-- PodStatus   what was seen
//
// A manifest that works here works on a real cluster, so every field has the name and the presence
// rule (omitempty) of upstream's API reference. Differences are of form, not of content: an object does
// not carry its own kind and apiVersion, because [Object.Kind] knows them and package schema writes
// them; times are integers whose zero means "not set"; a [Quantity] is two integers.
//
// Where one type here stands for several of upstream's, the tag `upstream` has upstream's name for it, because error
// texts spell it.
//
// Fields of volume plug-ins that upstream has retired or moved to CSI drivers are left out: see
// [VolumeSource].
package api
