package determinism

import (
	"go/ast"
	"go/token"
	"go/types"
)

// floats refuses arithmetic that a processor may round differently, and order or equality that hangs on it.
func (c *checker) floats(n ast.Node) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		switch n.Op {
		case token.ADD, token.SUB:
			if c.isFloat(n) && (c.product(n.X) || c.product(n.Y)) {
				c.fused(n.OpPos)
			}
		case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
			c.compared(n)
		}
	case *ast.AssignStmt:
		if (n.Tok == token.ADD_ASSIGN || n.Tok == token.SUB_ASSIGN) && c.isFloat(n.Lhs[0]) && c.product(n.Rhs[0]) {
			c.fused(n.TokPos)
		}
	case *ast.Ident:
		c.ordered(n)
	case *ast.MapType:
		if c.isFloat(n.Key) {
			c.report(n.Pos(), "float", "map keyed by a float; key it by an integer")
		}
	}
}

func (c *checker) fused(pos token.Pos) {
	c.report(pos, "float", "a product and a sum may be fused on some processors; write float64(x*y) + z")
}

// compared refuses to compare two computed floats. A comparison with a constant is a threshold, and allowed.
func (c *checker) compared(n *ast.BinaryExpr) {
	if !c.isFloat(n.X) || !c.isFloat(n.Y) || c.constant(n.X) || c.constant(n.Y) || c.marked(n.Pos(), floatMark) {
		return
	}
	c.report(n.OpPos, "float", "comparison of two floats; compare integers, or write //float:exact <why> above")
}

// ordered refuses the generic functions that compare, instantiated with a float: slices.Sort, cmp.Compare.
func (c *checker) ordered(id *ast.Ident) {
	obj := c.Info.Uses[id]
	if obj == nil || obj.Pkg() == nil || obj.Pkg().Path() != "slices" && obj.Pkg().Path() != "cmp" {
		return
	}
	args := c.Info.Instances[id].TypeArgs
	for i := range args.Len() {
		if isFloatType(args.At(i)) && !c.marked(id.Pos(), floatMark) {
			c.report(id.Pos(), "float", "%s.%s of floats; order integers, or write //float:exact <why> above", obj.Pkg().Path(), obj.Name())
		}
	}
}

// product tells whether the expression is an unrounded product: x*y, -(x*y), but not float64(x*y).
func (c *checker) product(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		return c.product(e.X)
	case *ast.BinaryExpr:
		return e.Op == token.MUL && !c.constant(e)
	}
	return false
}

func (c *checker) constant(e ast.Expr) bool { return c.Info.Types[e].Value != nil }

func (c *checker) isFloat(e ast.Expr) bool {
	t := c.Info.TypeOf(e)
	return t != nil && isFloatType(t)
}

func isFloatType(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&(types.IsFloat|types.IsComplex) != 0
}

// floatFuncs are the functions of package math whose result is exact or correctly rounded everywhere. The
// others (Log, Exp, Pow, Sin and so on) have assembly on some processors and differ in the last bit.
var floatFuncs = map[string]bool{
	"Abs": true, "Ceil": true, "Copysign": true, "FMA": true, "Float32bits": true, "Float32frombits": true,
	"Float64bits": true, "Float64frombits": true, "Floor": true, "Inf": true, "IsInf": true, "IsNaN": true,
	"Max": true, "Min": true, "Mod": true, "Modf": true, "NaN": true, "Round": true, "RoundToEven": true,
	"Signbit": true, "Sqrt": true, "Trunc": true,
}
