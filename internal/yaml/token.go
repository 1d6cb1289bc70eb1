package yaml

// token is a word of YAML. The blocks that indentation opens and closes are tokens too.
type token struct {
	kind    tokenKind
	style   Style
	at, end mark
	text    string // of a scalar, anchor or alias; the suffix of a tag; the prefix of a %TAG
	handle  string // of a tag or a %TAG; the version of a %YAML
	level   int    // the flow level, from 1, at which the token may turn out to be a key; 0 if at none
}

type tokenKind uint8

const (
	tokBroken tokenKind = iota // there is no token because of an error
	tokStreamEnd
	tokVersion
	tokTagDirective
	tokDocumentStart
	tokDocumentEnd
	tokBlockSequence
	tokBlockMapping
	tokBlockEnd
	tokFlowSequence
	tokFlowSequenceEnd
	tokFlowMapping
	tokFlowMappingEnd
	tokFlowEntry
	tokBlockEntry
	tokKey
	tokValue
	tokAlias
	tokAnchor
	tokTag
	tokScalar
)

var broken token
