// Package request is what a client can ask of a world: get, list, watch, create, update and delete, and tables for people.
//
//	kubectl, REST ──> Server ──reads──> store at a revision ──> objects, filtered by selectors ──> Table, Watch
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
// [Server.Serve] answers a call as REST has it, and [Server.Open] gives the answers that go on, as something to pull from: an API
// server is only HTTP over the two.
//
// Deliberately missing: protobuf and YAML as forms of an answer, streams into containers (exec runs to its end).
package request
