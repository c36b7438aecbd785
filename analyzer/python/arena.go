package python

// The lengths of chunks: a parser starts small, since most files are, and never asks for much more than it needs.
const (
	firstChunk = 16
	lastChunk  = 256
)

// chunkLength returns the length of the chunk with that number.
func chunkLength(number int) int { return min(firstChunk<<min(number, 8), lastChunk) }

// A slab hands out structs of one type from chunks that it keeps from file to file.
type slab[T any] struct {
	// chunk is the current one, the last of those that were begun, and next the first of its structs that is free.
	chunk  []T
	next   int
	begun  int
	chunks [][]T
	// oldBegun and oldNext are what begun and next were at the end of the file before.
	oldBegun, oldNext int
}

// alloc returns a struct that may hold remains of an earlier file: the caller writes all of it.
func (s *slab[T]) alloc() *T {
	if s.next == len(s.chunk) {
		s.grow()
	}
	node := &s.chunk[s.next]
	s.next++
	return node
}

func (s *slab[T]) grow() {
	if s.begun == len(s.chunks) {
		s.chunks = append(s.chunks, make([]T, chunkLength(s.begun)))
	}
	s.chunk, s.next = s.chunks[s.begun], 0
	s.begun++
}

// reset makes all structs available again. It wipes those that this file left alone and the file before had used, so
// that they keep no source alive.
func (s *slab[T]) reset() {
	for number := max(s.begun, 1); number <= s.oldBegun; number++ {
		from, to := 0, len(s.chunks[number-1])
		if number == s.begun {
			from = s.next
		}
		if number == s.oldBegun {
			to = s.oldNext
		}
		if from < to {
			clear(s.chunks[number-1][from:to])
		}
	}
	s.oldBegun, s.oldNext = s.begun, s.next
	s.chunk, s.next, s.begun = nil, 0, 0
}

// A lists collects elements on a stack, so that lists may nest, and keeps finished lists in chunks from file to file.
// It wipes nothing: what its elements point to is in a slab.
type lists[T any] struct {
	stack  []T
	chunk  []T
	next   int
	begun  int
	chunks [][]T
}

func (l *lists[T]) push(element T) { l.stack = append(l.stack, element) }

// mark is where the list begun now starts on the stack.
func (l *lists[T]) mark() int { return len(l.stack) }

// take pops the elements since mark and returns them as a list; nil where there are none.
func (l *lists[T]) take(mark int) []T {
	size := len(l.stack) - mark
	if size == 0 {
		return nil
	}
	if len(l.chunk)-l.next < size {
		l.grow(size)
	}
	end := l.next + size
	list := l.chunk[l.next:end:end]
	l.next = end
	copy(list, l.stack[mark:])
	l.drop(mark)
	return list
}

// drop pops the elements since mark.
func (l *lists[T]) drop(mark int) { l.stack = l.stack[:mark] }

// one returns a list of a single element.
func (l *lists[T]) one(element T) []T {
	mark := l.mark()
	l.push(element)
	return l.take(mark)
}

// split returns the even and the odd elements of pairs as two lists; nil where there are none.
func (l *lists[T]) split(pairs []T) (even, odd []T) {
	mark := l.mark()
	for i := 1; i < len(pairs); i += 2 {
		l.push(pairs[i])
	}
	odd = l.take(mark)
	for i := range odd {
		pairs[i] = pairs[2*i]
	}
	return pairs[:len(odd):len(odd)], odd
}

// grow begins the next chunk that has room for size elements.
func (l *lists[T]) grow(size int) {
	for l.begun < len(l.chunks) && len(l.chunks[l.begun]) < size {
		l.begun++
	}
	if l.begun == len(l.chunks) {
		l.chunks = append(l.chunks, make([]T, max(size, chunkLength(l.begun))))
	}
	l.chunk, l.next = l.chunks[l.begun], 0
	l.begun++
}

// reset makes all room available again.
func (l *lists[T]) reset() {
	l.stack, l.chunk, l.next, l.begun = l.stack[:0], nil, 0, 0
}

// wipe clears what this file has used, for elements that are strings.
func (l *lists[T]) wipe() {
	for _, chunk := range l.chunks[:l.begun] {
		clear(chunk)
	}
	clear(l.stack[:cap(l.stack)])
}

// An arena holds the nodes and the lists of one file.
type arena struct {
	functionDefs  slab[FunctionDef]
	classDefs     slab[ClassDef]
	returns       slab[Return]
	deletes       slab[Delete]
	assigns       slab[Assign]
	typeAliases   slab[TypeAlias]
	augAssigns    slab[AugAssign]
	annAssigns    slab[AnnAssign]
	fors          slab[For]
	whiles        slab[While]
	ifs           slab[If]
	withs         slab[With]
	matches       slab[Match]
	raises        slab[Raise]
	tries         slab[Try]
	asserts       slab[Assert]
	imports       slab[Import]
	importFroms   slab[ImportFrom]
	globals       slab[Global]
	nonlocals     slab[Nonlocal]
	exprStmts     slab[ExprStmt]
	passes        slab[Pass]
	breaks        slab[Break]
	continues     slab[Continue]
	badStmts      slab[BadStmt]
	boolOps       slab[BoolOp]
	namedExprs    slab[NamedExpr]
	binOps        slab[BinOp]
	unaryOps      slab[UnaryOp]
	lambdas       slab[Lambda]
	ifExps        slab[IfExp]
	dicts         slab[Dict]
	sets          slab[Set]
	listComps     slab[ListComp]
	setComps      slab[SetComp]
	dictComps     slab[DictComp]
	generatorExps slab[GeneratorExp]
	awaits        slab[Await]
	yields        slab[Yield]
	yieldFroms    slab[YieldFrom]
	compares      slab[Compare]
	calls         slab[Call]
	formatted     slab[FormattedValue]
	joinedStrs    slab[JoinedStr]
	templateStrs  slab[TemplateStr]
	interpolated  slab[Interpolation]
	constants     slab[Constant]
	attributes    slab[Attribute]
	subscripts    slab[Subscript]
	starreds      slab[Starred]
	names         slab[Name]
	listExprs     slab[List]
	tuples        slab[Tuple]
	slices        slab[Slice]
	badExprs      slab[BadExpr]
	matchValues   slab[MatchValue]
	singletons    slab[MatchSingleton]
	sequences     slab[MatchSequence]
	mappings      slab[MatchMapping]
	matchClasses  slab[MatchClass]
	matchStars    slab[MatchStar]
	matchAs       slab[MatchAs]
	matchOrs      slab[MatchOr]
	comprehension slab[Comprehension]
	handlers      slab[ExceptHandler]
	arguments     slab[Arguments]
	args          slab[Arg]
	keywords      slab[Keyword]
	aliases       slab[Alias]
	withItems     slab[WithItem]
	matchCases    slab[MatchCase]
	typeVars      slab[TypeVar]
	paramSpecs    slab[ParamSpec]
	typeVarTuples slab[TypeVarTuple]

	exprList      lists[Expr]
	stmtList      lists[Stmt]
	patternList   lists[Pattern]
	typeParamList lists[TypeParam]
	generatorList lists[*Comprehension]
	handlerList   lists[*ExceptHandler]
	argList       lists[*Arg]
	keywordList   lists[*Keyword]
	aliasList     lists[*Alias]
	withItemList  lists[*WithItem]
	caseList      lists[*MatchCase]
	stringList    lists[string]
	compareList   lists[CompareOperator]
}

func (a *arena) reset() {
	a.functionDefs.reset()
	a.classDefs.reset()
	a.returns.reset()
	a.deletes.reset()
	a.assigns.reset()
	a.typeAliases.reset()
	a.augAssigns.reset()
	a.annAssigns.reset()
	a.fors.reset()
	a.whiles.reset()
	a.ifs.reset()
	a.withs.reset()
	a.matches.reset()
	a.raises.reset()
	a.tries.reset()
	a.asserts.reset()
	a.imports.reset()
	a.importFroms.reset()
	a.globals.reset()
	a.nonlocals.reset()
	a.exprStmts.reset()
	a.passes.reset()
	a.breaks.reset()
	a.continues.reset()
	a.badStmts.reset()
	a.resetExpressions()
	a.resetParts()
	a.resetLists()
}

func (a *arena) resetExpressions() {
	a.boolOps.reset()
	a.namedExprs.reset()
	a.binOps.reset()
	a.unaryOps.reset()
	a.lambdas.reset()
	a.ifExps.reset()
	a.dicts.reset()
	a.sets.reset()
	a.listComps.reset()
	a.setComps.reset()
	a.dictComps.reset()
	a.generatorExps.reset()
	a.awaits.reset()
	a.yields.reset()
	a.yieldFroms.reset()
	a.compares.reset()
	a.calls.reset()
	a.formatted.reset()
	a.joinedStrs.reset()
	a.templateStrs.reset()
	a.interpolated.reset()
	a.constants.reset()
	a.attributes.reset()
	a.subscripts.reset()
	a.starreds.reset()
	a.names.reset()
	a.listExprs.reset()
	a.tuples.reset()
	a.slices.reset()
	a.badExprs.reset()
}

func (a *arena) resetParts() {
	a.matchValues.reset()
	a.singletons.reset()
	a.sequences.reset()
	a.mappings.reset()
	a.matchClasses.reset()
	a.matchStars.reset()
	a.matchAs.reset()
	a.matchOrs.reset()
	a.comprehension.reset()
	a.handlers.reset()
	a.arguments.reset()
	a.args.reset()
	a.keywords.reset()
	a.aliases.reset()
	a.withItems.reset()
	a.matchCases.reset()
	a.typeVars.reset()
	a.paramSpecs.reset()
	a.typeVarTuples.reset()
}

func (a *arena) resetLists() {
	a.exprList.reset()
	a.stmtList.reset()
	a.patternList.reset()
	a.typeParamList.reset()
	a.generatorList.reset()
	a.handlerList.reset()
	a.argList.reset()
	a.keywordList.reset()
	a.aliasList.reset()
	a.withItemList.reset()
	a.caseList.reset()
	a.stringList.wipe()
	a.stringList.reset()
	a.compareList.reset()
}
