// Package drfunpaginated reports APIs of Django REST framework that return whole tables.
package drfunpaginated

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports settings that leave lists without pages, and views of whole tables that refuse them.
var Rule = &analyzer.Rule{
	Name:       "drf-unpaginated",
	Doc:        doc,
	Severity:   analyzer.Low,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Preview,
	Files:      selection.Settings | selection.Code,
	Triggers:   []string{"REST_FRAMEWORK", "pagination_class"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	if pass.Settings != nil && pass.Settings.Role == settings.Production {
		configured(pass)
	}
	if pass.Kind&selection.Code == 0 {
		return
	}
	for _, class := range pass.Classes {
		if stmt := refusal(class); stmt != nil && listsTable(pass, class) {
			pass.Report(analyzer.Diagnostic{
				Span: stmt.Range(),
				// Whoever refuses pages mostly knows that there are few rows.
				Confidence: new(analyzer.LowConfidence),
				Message:    "`" + class.Name + "` lists a whole table without pages: one request holds every row and its JSON",
				Remedy:     "pagination_class = PageNumberPagination\n",
			})
		}
	}
}

// own are REST framework's own paginations, which return everything unless a page has a size.
const own = "rest_framework.pagination."

func configured(pass *analyzer.Pass) {
	file := pass.Settings
	framework, ok := file.At("REST_FRAMEWORK")
	if !ok || framework.Value.Kind != settings.Dict || framework.Value.Partial {
		return
	}
	class, hasClass := file.At("REST_FRAMEWORK", "DEFAULT_PAGINATION_CLASS")
	size, hasSize := file.At("REST_FRAMEWORK", "PAGE_SIZE")
	hasSize = hasSize && size.Value.Kind != settings.Null
	switch {
	case hasClass && strings.HasPrefix(class.Value.Text, own) && !hasSize:
		name := strings.TrimPrefix(class.Value.Text, own)
		d := analyzer.Diagnostic{
			Span:       class.Value.Span,
			Message:    "`" + name + "` without a `PAGE_SIZE` returns every row",
			Remedy:     "\"DEFAULT_PAGINATION_CLASS\": \"" + class.Value.Text + "\",\n\"PAGE_SIZE\": 50,\n",
			Severity:   new(analyzer.Medium),
			Confidence: pass.ConfidenceIn(class, analyzer.HighConfidence),
		}
		if strings.HasPrefix(name, "LimitOffset") {
			d.Message += " unless the client sets a limit"
		}
		pass.Report(d)
	case !hasClass || class.Value.Kind == settings.Null:
		pass.Report(analyzer.Diagnostic{
			Span:    framework.NameSpan,
			Message: "`REST_FRAMEWORK` has no `DEFAULT_PAGINATION_CLASS`: a list view that brings none of its own returns every row",
			Remedy:  "\"DEFAULT_PAGINATION_CLASS\": \"" + own + "PageNumberPagination\",\n\"PAGE_SIZE\": 50,\n",
			// The views may each have a class of their own.
			Confidence: pass.ConfidenceIn(framework, analyzer.LowConfidence),
		})
	}
}

// refusal returns the statement pagination_class = None of a class, or nil.
func refusal(class *names.Class) python.Stmt {
	for _, stmt := range class.Body {
		name, value := names.Assignment(stmt)
		if constant, ok := value.(*python.Constant); ok && name == "pagination_class" && constant.Kind == python.None {
			return stmt
		}
	}
	return nil
}

// listViews are the classes whose list() returns a page of the view's QuerySet, or all of it.
var listViews = []string{
	"rest_framework.viewsets.ModelViewSet", "rest_framework.viewsets.ReadOnlyModelViewSet",
	"rest_framework.generics.ListAPIView", "rest_framework.generics.ListCreateAPIView",
	"rest_framework.mixins.ListModelMixin",
}

// listsTable reports whether a view lists what grows with a table: its QuerySet, or each that get_queryset() returns, has
// neither a bound nor an owner.
func listsTable(pass *analyzer.Pass, class *names.Class) bool {
	lists := slices.ContainsFunc(pass.Ancestors(class), func(base string) bool { return slices.Contains(listViews, base) })
	if !lists || pass.MethodOf(class, "list") != nil || pass.MethodOf(class, "filter_queryset") != nil {
		return false
	}
	if method := pass.MethodOf(class, "get_queryset"); method != nil {
		values, generator := method.Results()
		return len(values) > 0 && !generator && !slices.ContainsFunc(values, func(value python.Expr) bool { return !isTable(pass, value) })
	}
	for _, stmt := range class.Body {
		if name, value := names.Assignment(stmt); name == "queryset" {
			return isTable(pass, value)
		}
	}
	return false
}

func isTable(pass *analyzer.Pass, value python.Expr) bool {
	if value == nil {
		return false
	}
	rows := pass.QuerySet(value)
	return rows != nil && !rows.Given && !rows.Custom && pass.Extent(rows) == django.Whole
}
