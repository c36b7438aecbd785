package project_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer/project"
)

// BenchmarkReader gathers the facts of a hundred applications.
func BenchmarkReader(b *testing.B) {
	models := strings.Repeat(`
class Line(models.Model):
    order = models.ForeignKey("shop.Order", on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, models.PROTECT)
    note = models.CharField(max_length=200, blank=True)

    def total(self):
        return self.price * self.count
`, 20)
	files := map[string][]byte{
		"shop/settings.py": []byte("MIDDLEWARE = ['shop.middleware.Audit']\nASGI_APPLICATION = 'shop.asgi.application'\n"),
		"Procfile":         []byte("web: gunicorn shop.wsgi --max-requests 500\n"),
		"requirements.txt": []byte("Django\ndaphne\ndjango-redis\n"),
	}
	for i := range 100 {
		files[fmt.Sprintf("app%d/models.py", i)] = []byte("from django.db import models\n" + models)
	}
	size := 0
	for _, text := range files {
		size += len(text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		var r project.Reader
		for file, text := range files {
			r.Add(file, text)
		}
		r.Facts()
	}
}
