package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// reportIn writes a small report into a folder.
func reportIn(dir, folder string) error {
	return writeFile(dir, folder+"/r.csv", func(w *writer) { w.text(shortHeader + "alice,t\n") })
}

// names writes a report into the folders of these names, one per 20,000 bytes.
func names(each func(n int) string) func(string, int) error {
	return func(dir string, size int) error {
		for n := range max(1, size/20_000) {
			if err := reportIn(dir, each(n)); err != nil {
				return err
			}
		}
		return nil
	}
}

var folders = []input{
	{name: "folders: Latin-1", write: names(formatted("2021-01-24/\xe9%d/111100000001"))},
	{name: "folders: control characters", write: names(formatted("2021-01-24/\x1b[31m\u202e\u0085%d/111100000001"))},
	{name: "folders: HTML", write: names(formatted("2021-01-24/<script>alert(%d)<b>/111100000001"))},
	{name: "folders: patterns", write: names(formatted("2021-01-24/%%a%%a%%a%%a%%a%%a%%a%%a%d/111100000001"))},
	{name: "folders: long", write: names(func(n int) string {
		return "2021-01-24/" + strings.Repeat(strings.Repeat("o", 250)+"/", 3) + accountID(n)
	})},
	{name: "folders: dates", write: names(func(n int) string {
		return []string{"9999-12-31", "1900-01-01", "0001-01-01"}[n%3] + "/org/" + accountID(n)
	})},
	{name: "folders: swapped for links", write: names(formatted("2021-01-24/org/1111%08d")), during: swap},
	{name: "layout: stars", write: names(func(n int) string { return "2021-01-24/" + strings.Repeat("a", 240) + "/" + accountID(n) }),
		flags: []string{"--layout", "{date}/" + strings.Repeat("*a", 30) + "{organization}" + strings.Repeat("*a", 30) + "b/{account}/*"}},
}

// swap replaces folders of accounts with links to a folder outside, and back, until the
// context ends.
func swap(ctx context.Context, dir string) error {
	outside := filepath.Join(filepath.Dir(dir), "outside")
	err := writeFile(outside, "r.csv", func(w *writer) { w.text(standardHeader + standardRow(foreignAccount, "mallory")) })
	if err != nil {
		return err
	}
	accounts, err := filepath.Glob(filepath.Join(dir, "2021-01-24/org/1*"))
	if err != nil {
		return err
	}
	for n := 0; ctx.Err() == nil; n++ {
		account := accounts[n%len(accounts)]
		away := filepath.Join(filepath.Dir(dir), "away")
		err := errors.Join(os.Rename(account, away), os.Symlink(outside, account),
			os.Remove(account), os.Rename(away, account))
		if err != nil {
			return err
		}
	}
	return nil
}
