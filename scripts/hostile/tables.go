package main

import (
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

const standardHeader = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active," +
	"access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service," +
	"access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service," +
	"cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated\n"

func standardRow(account, name string) string {
	return datedRow(account, name, "2020-01-01T00:00:00+00:00")
}

func datedRow(account, name, created string) string {
	return name + ",arn:aws:iam::" + account + ":user/" + name + "," + created +
		",true,no_information,2020-01-01T00:00:00+00:00,N/A,false,true,2020-01-01T00:00:00+00:00,2021-01-01T00:00:00+00:00,us-east-1,s3,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A\n"
}

// rows is a credential report with these users.
func rows(name func(n int) string) func(string, int) error {
	return filled("credential_report.csv", standardHeader, func(n int) string { return standardRow(accountID(1), name(n)) }, "")
}

const shortHeader = "user,password_enabled\n"

func shortRow(n int) string { return strconv.FormatInt(int64(n), 36) + ",t\n" }

// wide is a header of 60 KB, below the limit of a row.
var wide = "user," + strings.Repeat("a,", 30_000) + "b\n"

var tables = []input{
	{name: "csv: short rows", write: filled("r.csv", shortHeader, shortRow, "")},
	{name: "csv: short rows, gz", packed: true, write: file("r.csv.gz", func(w *writer, size int) {
		packed := gzip.NewWriter(w)
		plain := newWriter(packed)
		plain.text(shortHeader)
		plain.fill(size, shortRow)
		_ = plain.Flush()  // the outer writer returns the error
		_ = packed.Close() //
	})},
	{name: "csv: empty lines", write: filled("r.csv", standardHeader, always("\n"), "")},
	{name: "csv: rows of commas", write: filled("r.csv", standardHeader, always(",,,,,,,,,,,,,,,,,,,,,\n"), "")},
	{name: "csv: wide headers", write: filled("r.csv", "", always(wide), "")},
	{name: "csv: wide rows", write: filled("r.csv", standardHeader, always(wide), "")},
	{name: "csv: one wide header", write: filled("r.csv", "user,arn", formatted(",c%d"), "\n")},
	{name: "csv: headers", write: filled("r.csv", "", always("user,arn\n"), "")},
	{name: "csv: open quote", write: filled("r.csv", standardHeader+`"`, func(n int) string { return standardRow(accountID(1), number("u", n)) }, "")},
	{name: "csv: open quotes", write: filled("r.csv", standardHeader, formatted("\"u%d,\n"), "")},
	{name: "csv: quotes", write: filled("r.csv", standardHeader, always(`"`), "")},
	{name: "csv: Latin-1 column", write: filled("r.csv", "Pr\xe9nom,"+standardHeader, func(n int) string { return "x," + standardRow(accountID(1), number("u", n)) }, "")},
	{name: "csv: Latin-1 names", write: rows(formatted("\xe9%d"))},
	{name: "csv: names with %", write: file("r.csv", func(w *writer, _ int) {
		w.text(standardHeader)
		w.text(standardRow(accountID(1), strings.Repeat("%a", 31)+"b"))
		w.text(standardRow(accountID(1), strings.Repeat("_", 63)+"b"))
		w.text(standardRow(accountID(1), strings.Repeat("a", 64)))
	})},
	{name: "csv: one user", write: rows(always("alice"))},
	{name: "csv: accounts", write: filled("r.csv", standardHeader, func(n int) string { return standardRow(accountID(n), "alice") }, "")},
	{name: "csv: accounts, short rows", write: filled("r.csv", "account_id,user,password_enabled\n", func(n int) string { return accountID(n) + ",a,t\n" }, "")},
	{name: "csv: last uses", write: filled("r.csv", "user,access_key_1_active,access_key_1_last_used_region,access_key_1_last_used_service\n",
		func(n int) string { return number("u", n) + ",t," + number("r", n) + "," + number("s", n) + "\n" }, "")},
	{name: "csv: roots", write: rows(always("<root_account>"))},
	{name: "csv: dates", write: filled("r.csv", standardHeader, func(n int) string {
		return datedRow(accountID(1), number("u", n), []string{"9999-12-31T23:59:59Z", "1900-01-01T00:00:00Z", "0000-00-00T99:99:99Z", "+292277026596-12-04T15:30:07Z"}[n%4])
	}, "")},
	{name: "csv: bad cells", write: filled("r.csv", standardHeader, func(n int) string {
		return number("u", n) + strings.Repeat(",<script>", 21) + "\n"
	}, "")},
	{name: "csv: NULs", write: filled("r.csv", standardHeader, always("\x00,\x00\n"), "")},
	{name: "text: table", write: filled("r.txt", "", always(" user | arn | password_enabled \n------+-----+---\n"), "")},
	{name: "text: bars", write: filled("r.txt", "| user | arn |\n", always("|"), "")},
	{name: "text: prompts", write: filled("r.txt", "", always("$ aws iam get-credential-report\n"), "")},
	{name: "text: base64 in base64", write: file("r.txt", func(w *writer, size int) {
		text := standardHeader
		for len(text) < size {
			text = base64.StdEncoding.EncodeToString([]byte(text))
		}
		w.text(text)
	})},
	{name: "text: output text", write: filled("r.txt", "", func(n int) string {
		return base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "%su%d,,,\n", standardHeader, n)) + "\t2021-01-24T09:38:09+00:00\ttext/csv\n"
	}, "")},
	{name: "text: UTF-16 zeros", write: filled("r.txt", "\xff\xfe", always("\x00"), "")},
}
