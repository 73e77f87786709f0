package engine

// Expand expands the macros of a query for tests.
func Expand(query string) (string, error) { return (&template{}).expand(query) }
