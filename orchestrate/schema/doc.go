// Package schema knows the served kinds by name, field for field: it reads manifests, fills in
// defaults, says what is wrong, merges, and prints as kubectl prints.
//
//	YAML or JSON --Decode--> object --Default--> --Validate--> stored
//	                                                              |
//	kubectl get -o yaml <--MarshalYAML-- tree <------Tree---------+
//	kubectl apply       <--ThreeWay----- tree
//
// A first look: [Find] turns "po" into a [Resource], [Decode] turns a manifest into a [Document] that
// remembers where each mistake stands, and [MarshalYAML] prints it again.
//
// Everything here is a pure function. Texts are those of Kubernetes 1.37; what is added to them (line,
// column, the nearest known name) is kept beside them as data, never mixed in.
//
// Deliberately missing: OpenAPI documents, and kinds that no world stores yet.
package schema
