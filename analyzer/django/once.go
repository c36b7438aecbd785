package django

// once answers a question about a thing and keeps the answer. What asks for itself on the way, as
// orders = Order.objects.filter(pk__in=orders) does in a loop, gets the answer that claims least.
func once[K comparable, V any](answers map[K]V, thing K, least V, answer func() V) V {
	known, ok := answers[thing]
	if !ok {
		answers[thing] = least
		known = answer()
		answers[thing] = known
	}
	return known
}
