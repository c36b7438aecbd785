module github.com/djleak/djleak/.ci/tools/licences

go 1.26
