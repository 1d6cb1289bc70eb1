package determinism

import (
	"go/ast"
	"go/types"
	"slices"
)

// mapOrder refuses to walk a map in the order the runtime happens to choose.
func (c *checker) mapOrder(n ast.Node, stack []ast.Node) {
	switch n := n.(type) {
	case *ast.RangeStmt:
		if t := c.Info.TypeOf(n.X); t == nil || !is[*types.Map](t) {
			return
		}
		// "for range m" runs len(m) times and cannot tell the order.
		if (n.Key == nil && n.Value == nil) || c.marked(n.Pos(), orderMark) {
			return
		}
		c.report(n.Pos(), "map", "range over a map; range over slices.Sorted(maps.Keys(m)), or write //order:irrelevant <why> above")
	case *ast.CallExpr:
		name := c.walker(n)
		if name == "" || c.orderRestored(stack) || c.marked(n.Pos(), orderMark) {
			return
		}
		if s := statement(stack); s != nil && c.marked(s.Pos(), orderMark) {
			return
		}
		c.report(n.Pos(), "map", "%s has no order; wrap it in slices.Sorted, or write //order:irrelevant <why> above", name)
	}
}

// walker is the name of the called function if it walks a map, "" otherwise.
func (c *checker) walker(call *ast.CallExpr) string {
	f, ok := c.callee(call).(*types.Func)
	if !ok || f.Pkg() == nil {
		return ""
	}
	switch f.Pkg().Path() {
	case "maps":
		if slices.Contains([]string{"Keys", "Values", "All"}, f.Name()) {
			return "maps." + f.Name()
		}
	case "reflect":
		if slices.Contains([]string{"MapKeys", "MapRange"}, f.Name()) {
			return "reflect.Value." + f.Name()
		}
	}
	return ""
}

// orderRestored tells whether the call is handed straight to a function that sorts, or that makes a map again.
func (c *checker) orderRestored(stack []ast.Node) bool {
	if len(stack) == 0 {
		return false
	}
	outer, ok := stack[len(stack)-1].(*ast.CallExpr)
	if !ok {
		return false
	}
	f, ok := c.callee(outer).(*types.Func)
	if !ok || f.Pkg() == nil {
		return false
	}
	sorts := []string{"slices.Sorted", "slices.SortedFunc", "slices.SortedStableFunc", "maps.Collect", "maps.Insert"}
	return slices.Contains(sorts, f.Pkg().Path()+"."+f.Name())
}

// callee is what a call calls, nil if that is not a name.
func (c *checker) callee(call *ast.CallExpr) types.Object {
	fun := ast.Unparen(call.Fun)
	switch x := fun.(type) {
	case *ast.IndexExpr:
		fun = ast.Unparen(x.X)
	case *ast.IndexListExpr:
		fun = ast.Unparen(x.X)
	}
	switch x := fun.(type) {
	case *ast.Ident:
		return c.Info.Uses[x]
	case *ast.SelectorExpr:
		return c.Info.Uses[x.Sel]
	}
	return nil
}
