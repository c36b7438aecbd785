package python

// A token is the kind of one lexical element.
type token uint8

const (
	// The first five take no room in the source.
	tokEOF token = iota
	tokError
	tokNewline
	tokIndent
	tokDedent

	tokName
	tokInt
	tokFloat
	tokComplex
	tokString
	tokBytes
	// A formatted string's token ends behind its opening quote; the parser reads on from there.
	tokFString
	tokTString

	tokLParen
	tokRParen
	tokLBracket
	tokRBracket
	tokLBrace
	tokRBrace
	tokComma
	tokSemicolon
	tokColon
	tokWalrus
	tokDot
	tokEllipsis
	tokArrow
	tokAssign
	tokExclamation

	tokPlus
	tokMinus
	tokStar
	tokSlash
	tokDoubleSlash
	tokPercent
	tokAt
	tokDoubleStar
	tokLeftShift
	tokRightShift
	tokPipe
	tokCaret
	tokAmpersand
	tokTilde

	// In the order of the operators above.
	tokPlusAssign
	tokMinusAssign
	tokStarAssign
	tokSlashAssign
	tokDoubleSlashAssign
	tokPercentAssign
	tokAtAssign
	tokDoubleStarAssign
	tokLeftShiftAssign
	tokRightShiftAssign
	tokPipeAssign
	tokCaretAssign
	tokAmpersandAssign

	tokEqual
	tokNotEqual
	tokLess
	tokLessEqual
	tokGreater
	tokGreaterEqual

	tokAnd
	tokAs
	tokAssert
	tokAsync
	tokAwait
	tokBreak
	tokClass
	tokContinue
	tokDef
	tokDel
	tokElif
	tokElse
	tokExcept
	tokFalse
	tokFinally
	tokFor
	tokFrom
	tokGlobal
	tokIf
	tokImport
	tokIn
	tokIs
	tokLambda
	tokNone
	tokNonlocal
	tokNot
	tokOr
	tokPass
	tokRaise
	tokReturn
	tokTrue
	tokTry
	tokWhile
	tokWith
	tokYield

	tokenCount
)

// keyword returns the token of a word: that of the keyword, or tokName.
func keyword(word string) token {
	switch word {
	case "and":
		return tokAnd
	case "as":
		return tokAs
	case "assert":
		return tokAssert
	case "async":
		return tokAsync
	case "await":
		return tokAwait
	case "break":
		return tokBreak
	case "class":
		return tokClass
	case "continue":
		return tokContinue
	case "def":
		return tokDef
	case "del":
		return tokDel
	case "elif":
		return tokElif
	case "else":
		return tokElse
	case "except":
		return tokExcept
	case "False":
		return tokFalse
	case "finally":
		return tokFinally
	case "for":
		return tokFor
	case "from":
		return tokFrom
	case "global":
		return tokGlobal
	case "if":
		return tokIf
	case "import":
		return tokImport
	case "in":
		return tokIn
	case "is":
		return tokIs
	case "lambda":
		return tokLambda
	case "None":
		return tokNone
	case "nonlocal":
		return tokNonlocal
	case "not":
		return tokNot
	case "or":
		return tokOr
	case "pass":
		return tokPass
	case "raise":
		return tokRaise
	case "return":
		return tokReturn
	case "True":
		return tokTrue
	case "try":
		return tokTry
	case "while":
		return tokWhile
	case "with":
		return tokWith
	case "yield":
		return tokYield
	}
	return tokName
}
