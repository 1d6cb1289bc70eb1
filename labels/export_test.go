package labels

// Sizes tells how many pairs and keys the index remembers.
func (ix *Index[K]) Sizes() (pairs, keys int) { return len(ix.table.pairs), len(ix.table.keys) }
