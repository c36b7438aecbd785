package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestClassify(t *testing.T) {
	t.Parallel()
	own, err := os.ReadFile(filepath.Join("..", "..", "..", "LICENSE"))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, text string
		want       []string
	}{
		{"our own", string(own), []string{"Apache-2.0"}},
		{"wrapped lines", "Permission is hereby granted, free of\ncharge, to any person obtaining a\n  copy", []string{"MIT"}},
		{"three clauses", "Redistribution and use in source and binary forms … may be used to endorse or promote products", []string{"BSD-3-Clause"}},
		{"two clauses", "Redistribution and use in source and binary forms, with or without modification", []string{"BSD-2-Clause"}},
		{"Mozilla names the GPL", "Mozilla Public License Version 2.0 … the GNU General Public License", []string{"MPL-2.0"}},
		{"GPL", "GNU General Public License, version 3", nil},
		{"LGPL beside MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy … GNU Lesser General Public License", nil},
		{"unknown", "Ask us first.", nil},
		{"empty", "", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := classify(test.text); !slices.Equal(got, test.want) {
				t.Errorf("classify() = %q, want %q", got, test.want)
			}
		})
	}
}
