package main

import "strings"

// allowed are the licences that djleak may be built with, each with the words that only its text has.
var allowed = []struct {
	licence string
	words   []string
	without string
}{
	{licence: "Apache-2.0", words: []string{"apache license", "version 2.0"}},
	{licence: "MPL-2.0", words: []string{"mozilla public license", "2.0"}},
	{licence: "Unlicense", words: []string{"this is free and unencumbered software released into the public domain"}},
	{licence: "ISC", words: []string{"permission to use, copy, modify, and", "for any purpose with or without fee is hereby granted"}},
	{licence: "MIT", words: []string{"permission is hereby granted, free of charge, to any person obtaining a copy"}},
	{licence: "BSD-3-Clause", words: []string{"redistribution and use in source and binary forms", "endorse or promote products"}},
	{licence: "BSD-2-Clause", words: []string{"redistribution and use in source and binary forms"}, without: "endorse or promote products"},
}

// refused are words of licences that djleak must not be built with. The Mozilla licence names them as well, to be
// compatible with them.
var refused = []string{"gnu general public license", "gnu affero general public license", "gnu lesser general public license"}

// classify returns the SPDX identifiers of the licences in text, or nothing where one is unknown or refused.
func classify(text string) []string {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	var licences []string
	for _, a := range allowed {
		if a.without != "" && strings.Contains(text, a.without) {
			continue
		}
		if containsAll(text, a.words) {
			licences = append(licences, a.licence)
		}
	}
	for _, words := range refused {
		if strings.Contains(text, words) && !strings.Contains(text, "mozilla public license") {
			return nil
		}
	}
	return licences
}

func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
