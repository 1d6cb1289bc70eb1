package determinism

import (
	"go/ast"
	"go/token"
	"go/types"
)

// concurrency refuses goroutines and channels: work is an event on the queue, ordered by (time, sequence).
func (c *checker) concurrency(n ast.Node) {
	const instead = "; put an event on the queue instead"
	switch n := n.(type) {
	case *ast.GoStmt:
		c.report(n.Pos(), "concurrency", "go statement"+instead)
	case *ast.SelectStmt:
		c.report(n.Pos(), "concurrency", "select statement"+instead)
	case *ast.SendStmt:
		c.report(n.Pos(), "concurrency", "send on a channel"+instead)
	case *ast.ChanType:
		c.report(n.Pos(), "concurrency", "channel type"+instead)
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			c.report(n.Pos(), "concurrency", "receive from a channel"+instead)
		}
	case *ast.RangeStmt:
		if t := c.Info.TypeOf(n.X); t != nil && is[*types.Chan](t) {
			c.report(n.Pos(), "concurrency", "range over a channel"+instead)
		}
	}
}

// is tells whether the type, or each type a type parameter may stand for, is a T underneath.
func is[T types.Type](t types.Type) bool {
	param, ok := types.Unalias(t).(*types.TypeParam)
	if !ok {
		_, ok := t.Underlying().(T)
		return ok
	}
	iface := param.Constraint().Underlying().(*types.Interface)
	for i := range iface.NumEmbeddeds() {
		embedded := iface.EmbeddedType(i)
		if union, ok := embedded.(*types.Union); ok {
			for j := range union.Len() {
				if _, ok := union.Term(j).Type().Underlying().(T); ok {
					return true
				}
			}
			continue
		}
		if _, ok := embedded.Underlying().(T); ok {
			return true
		}
	}
	return false
}
