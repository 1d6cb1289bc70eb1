// Package request is what a client can ask of a world: get, list, watch, create, update and delete, and tables for people.
//
//	kubectl, REST ──> Server ──reads──> store at a revision ──> objects, filtered by selectors ──> Table
//	                     └────writes──> Cluster.Do ──> admission ──> store
//
// A first example:
//
//	s := request.New(cluster)
//	pods, err := s.List(schema.Find("pods"), "default", request.ListOptions{LabelSelector: "app=web"})
//	table := s.Table(schema.Find("pods"), pods)
//
// Errors are *api.StatusError with the texts of a Kubernetes API server.
//
// Who owns what: objects handed out are frozen, because they are the stored ones; clone before changing (see
// [api.Object]). Objects handed in belong to the world from then on.
//
// Deliberately missing: patches (a client merges and updates), server-side apply, limit and continue.
package request
