package files

import "strings"

// Litter is what desktops and repositories leave in folders, and people put beside
// data. It is known by its name, and not opened.

// isLitterFolder reports whether everything in a folder of this name is litter.
func isLitterFolder(name string) bool {
	return name == "__MACOSX" || strings.HasPrefix(name, ".git")
}

// isLitterFile reports whether a file of this name is litter.
func isLitterFile(name string) bool {
	for _, prefix := range []string{"._", ".git", "README", "LICENSE"} {
		if len(name) >= len(prefix) && strings.EqualFold(name[:len(prefix)], prefix) {
			return true
		}
	}
	for _, whole := range []string{".DS_Store", "Thumbs.db", "desktop.ini"} {
		if strings.EqualFold(name, whole) {
			return true
		}
	}
	return false
}
