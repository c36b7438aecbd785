package django

import (
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// pictureView matches the names of classes that send small pictures: PartnerLogoView.
var pictureView = pattern.New(`(Logo|Avatar|Icon|Favicon|Thumbnail|Thumb)s?([A-Z]|$)`)

// SendsPicture reports whether a response sends a picture, which a page has many of: by its content type, or by the name of the class
// around it.
func (f *File) SendsPicture(response *python.Call) bool {
	if class := f.ClassAt(response); class != nil && pictureView.MatchString(class.Name) {
		return true
	}
	kind := names.Keyword(response, "content_type")
	if kind == nil {
		return false
	}
	constant, ok := f.Deref(kind.Value).(*python.Constant)
	if !ok {
		return false
	}
	text, _ := constant.Str()
	return strings.HasPrefix(text, "image/")
}
