package main

const maxrssBytes = 1 // the unit of Rusage.Maxrss
