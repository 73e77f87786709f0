//go:build !darwin

package main

const maxrssBytes = 1024 // the unit of Rusage.Maxrss
