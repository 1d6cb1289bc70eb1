package request

import (
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// Table is a list of objects as a server renders it for people.
//
// Source: Kubernetes API reference, "Table v1 meta"; k8s.io/kubernetes/pkg/printers/internalversion.
type Table struct {
	Columns []Column
	Rows    []Row
}

// Column describes one column of a [Table].
type Column struct {
	// Name is the header in mixed case; kubectl prints it in upper case.
	Name string
	// Type is "integer" for a column of numbers, otherwise empty: texts.
	Type string
	// Format is "name" for the column with the object's name, otherwise empty.
	Format string
	// Priority is 0 for columns that are always shown and 1 for those of -o wide.
	Priority int
}

// Row is one object of a [Table].
type Row struct {
	// Cells has one text for each column. It may be empty, and may have several lines.
	Cells []string
	// Object is the object the row shows; it is frozen.
	Object api.Object
}

// Table renders objects of one kind, in the order given. Ages are by the world's clock.
func (s *Server) Table(res *schema.Resource, objs []api.Object) Table {
	t := Table{Columns: columnsOf(res.Kind)}
	now := s.now()
	for _, o := range objs {
		t.Rows = append(t.Rows, Row{Cells: cellsOf(o, now), Object: o})
	}
	return t
}

func columnsOf(kind api.Kind) []Column {
	switch kind {
	case api.KindPod:
		return podColumns()
	case api.KindNode:
		return nodeColumns()
	case api.KindNamespace:
		return named("Status", "Age")
	case api.KindEvent:
		return eventColumns()
	case api.KindEndpoints:
		return named("Endpoints", "Age")
	case api.KindDeployment:
		return deploymentColumns()
	case api.KindReplicaSet:
		return replicaSetColumns()
	case api.KindService:
		return serviceColumns()
	case api.KindEndpointSlice:
		return named("AddressType", "Ports", "Endpoints", "Age")
	case api.KindConfigMap:
		return named("Data", "Age")
	case api.KindSecret:
		return named("Type", "Data", "Age")
	case api.KindLease:
		return named("Holder", "Age")
	}
	return named("Age")
}

func cellsOf(o api.Object, now api.Time) []string {
	switch o := o.(type) {
	case *api.Pod:
		return podCells(o, now)
	case *api.Node:
		return nodeCells(o, now)
	case *api.Namespace:
		return []string{o.Name, string(o.Status.Phase), Age(o.CreationTimestamp, now)}
	case *api.Event:
		return eventCells(o, now)
	case *api.Endpoints:
		return endpointsCells(o, now)
	case *api.Deployment:
		return deploymentCells(o, now)
	case *api.ReplicaSet:
		return replicaSetCells(o, now)
	case *api.Service:
		return serviceCells(o, now)
	case *api.EndpointSlice:
		return endpointSliceCells(o, now)
	case *api.ConfigMap:
		return configMapCells(o, now)
	case *api.Secret:
		return secretCells(o, now)
	case *api.Lease:
		return leaseCells(o, now)
	}
	return []string{o.Meta().Name, Age(o.Meta().CreationTimestamp, now)}
}

// named is a Name column followed by others that are always shown.
func named(names ...string) []Column {
	columns := []Column{{Name: "Name", Format: "name"}}
	for _, n := range names {
		columns = append(columns, Column{Name: n})
	}
	return columns
}

// integers makes columns hold numbers.
func integers(columns []Column, names ...string) []Column {
	for i := range columns {
		if slices.Contains(names, columns[i].Name) {
			columns[i].Type = "integer"
		}
	}
	return columns
}

// wide are columns that only -o wide shows.
func wide(names ...string) []Column {
	var columns []Column
	for _, n := range names {
		columns = append(columns, Column{Name: n, Priority: 1})
	}
	return columns
}

// orWord is s, or word if s is empty.
func orWord(s, word string) string {
	if s == "" {
		return word
	}
	return s
}
