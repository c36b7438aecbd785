package release_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/release"
)

func TestBefore(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		limit        release.Limit
		major, minor int
		want         bool
	}{
		{release.Limit{}, 6, 0, false},
		{release.Limit{Major: 2}, 2, 0, true},
		{release.Limit{Major: 2}, 1, 11, false},
		{release.Limit{Major: 1, Minor: 12}, 2, 0, true},
		{release.Limit{Major: 1, Minor: 9}, 1, 9, true},
		{release.Limit{Major: 1, Minor: 9}, 1, 10, true},
		{release.Limit{Major: 1, Minor: 10}, 1, 9, false},
		{release.Limit{Major: 4, Minor: 2}, 4, 1, false},
	} {
		if got := test.limit.Before(test.major, test.minor); got != test.want {
			t.Errorf("%v.Before(%d, %d) = %t", test.limit, test.major, test.minor, got)
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	none, old, newer := release.Limit{}, release.Limit{Major: 1, Minor: 9}, release.Limit{Major: 4, Minor: 1}
	for _, test := range []struct{ a, b, older, newer release.Limit }{
		{none, none, none, none},
		{none, old, old, none},
		{old, none, old, none},
		{old, newer, old, newer},
		{newer, old, old, newer},
	} {
		if got := test.a.Older(test.b); got != test.older {
			t.Errorf("%v.Older(%v) = %v", test.a, test.b, got)
		}
		if got := test.a.Newer(test.b); got != test.newer {
			t.Errorf("%v.Newer(%v) = %v", test.a, test.b, got)
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	version := func(major, minor int) release.Version { return release.Version{Major: major, Minor: minor} }
	limit := func(major, minor int) release.Limit { return release.Limit{Major: major, Minor: minor} }
	for specifier, want := range map[string]release.Range{
		"":                     {},
		"*":                    {},
		"!=1.8":                {},
		">=1.8":                {From: version(1, 8)},
		">1.8.3":               {From: version(1, 8)},
		"==1.8.19":             {From: version(1, 8), Limit: limit(1, 9), Pinned: true},
		"=== 1.8.19":           {From: version(1, 8), Limit: limit(1, 9), Pinned: true},
		"==1.11.*":             {From: version(1, 11), Limit: limit(1, 12), Pinned: true},
		"==1.*":                {From: version(1, 0), Limit: limit(2, 0), Pinned: true},
		"==2":                  {From: version(2, 0), Limit: limit(2, 1), Pinned: true},
		"==5.0a1":              {From: version(5, 0), Limit: limit(5, 1), Pinned: true},
		"== 1.4.22  # old":     {From: version(1, 4), Limit: limit(1, 5), Pinned: true},
		"==1.4 \\":             {From: version(1, 4), Limit: limit(1, 5), Pinned: true},
		"==${DJANGO}":          {},
		"1.8.4":                {From: version(1, 8), Limit: limit(1, 9), Pinned: true},
		"<2":                   {Limit: limit(2, 0)},
		"<1.9":                 {Limit: limit(1, 9)},
		"<1.9.0":               {Limit: limit(1, 9)},
		"<1.9.3":               {Limit: limit(1, 10)},
		"<2.0a1":               {Limit: limit(2, 0)},
		"<=1.8":                {Limit: limit(1, 9)},
		"<=1.8.99":             {Limit: limit(1, 9)},
		">=1.8,<2.0":           {From: version(1, 8), Limit: limit(2, 0)},
		"(>=5.1.5,<6.0.0)":     {From: version(5, 1), Limit: limit(6, 0)},
		">= 1.4, < 3, != 1.5":  {From: version(1, 4), Limit: limit(3, 0)},
		"~=1.8":                {From: version(1, 8), Limit: limit(2, 0)},
		"~=1.8.3":              {From: version(1, 8), Limit: limit(1, 9)},
		"~1":                   {From: version(1, 0), Limit: limit(2, 0)},
		"~1.8":                 {From: version(1, 8), Limit: limit(1, 9)},
		"^1.8":                 {From: version(1, 8), Limit: limit(2, 0)},
		"^4.2.1":               {From: version(4, 2), Limit: limit(5, 0)},
		"^1.11 || ^2.2":        {Limit: limit(3, 0)},
		"^1.11 | >=3":          {},
		"git+ssh://a/b@1.8":    {},
		">=1.8; python>'2.7'":  {From: version(1, 8)},
		"==1.8.19; os == 'nt'": {From: version(1, 8), Limit: limit(1, 9), Pinned: true},
	} {
		if got := release.Parse(specifier); got != want {
			t.Errorf("Parse(%q) = %+v, want %+v", specifier, got, want)
		}
	}
}

func TestAllows(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		requirement, pin string
		want             bool
	}{
		{"", "==1.8.4", true},
		{">=1.8", "==1.8.4", true},
		{">=1.8,<2", "==1.11", true},
		{"<1.9", "==1.8.4", true},
		{">=2", "==1.8.4", false},
		{"<1.9", "==1.9", false},
	} {
		if got := release.Parse(test.requirement).Allows(release.Parse(test.pin)); got != test.want {
			t.Errorf("%q allows %q: %t", test.requirement, test.pin, got)
		}
	}
}
