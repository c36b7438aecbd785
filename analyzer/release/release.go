// Package release compares the releases of Django that a project may run on.
package release

import "cmp"

// A Version is a release of Django, 4.2 for each of 4.2.1 and 4.2.16: what Django has changes from one to the next, not within.
type Version struct{ Major, Minor int }

// IsZero reports whether the version is none.
func (v Version) IsZero() bool { return v == Version{} }

// Compare orders releases as [cmp.Compare] does.
func (v Version) Compare(other Version) int {
	return cmp.Or(cmp.Compare(v.Major, other.Major), cmp.Compare(v.Minor, other.Minor))
}

// A Limit is the first release that a project surely does not run on, nor on any later one. The zero value knows of none.
type Limit Version

// Before reports whether it is certain that the project runs on a Django older than a release. It is false where nothing is
// known.
func (l Limit) Before(major, minor int) bool {
	return !l.unknown() && Version(l).Compare(Version{major, minor}) <= 0
}

// Older returns the stricter of two limits that both hold.
func (l Limit) Older(other Limit) Limit {
	switch {
	case l.unknown():
		return other
	case other.unknown() || Version(l).Compare(Version(other)) < 0:
		return l
	}
	return other
}

// Newer returns the limit where only one of two holds, and nobody knows which.
func (l Limit) Newer(other Limit) Limit {
	switch {
	case l.unknown() || other.unknown():
		return Limit{}
	case Version(l).Compare(Version(other)) < 0:
		return other
	}
	return l
}

func (l Limit) unknown() bool { return Version(l).IsZero() }
