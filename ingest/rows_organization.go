package ingest

import (
	"fmt"

	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
)

// The organization is the sampling unit, so two customers that are taken for one
// make every interval wrong. What may be such a mistake is an issue and a warning.

// checkOrganization reports the first file of a load that may make one organization
// of several.
func (w *rows) checkOrganization(f *fileRow, r *result, a *attributedUsers) {
	if issue := w.severalUnnamed(r, a); issue != nil {
		w.warn(f, a.organization, *issue)
	}
	if issue := w.severalArchives(r, a); issue != nil {
		w.warn(f, a.organization, *issue)
	}
}

// severalUnnamed is the issue of a second account without an organization.
func (w *rows) severalUnnamed(r *result, a *attributedUsers) *snapshots.Issue {
	first := w.existing.unnamed
	if r.file.Attribution.Organization != "" || first == a.account {
		return nil
	}
	return &snapshots.Issue{
		Kind:   "unnamed_organization",
		Reason: fmt.Sprintf("accounts %q and %q have no organization; all such accounts count as one, %q", first, a.account, a.organization),
		Remedy: "name it by --organization, --layout, a manifest.json or folders <organization>/<account>/",
	}
}

// severalArchives is the issue of a second archive of an organization that neither a
// manifest nor a layout names.
func (w *rows) severalArchives(r *result, a *attributedUsers) *snapshots.Issue {
	archive := files.ArchiveOf(r.file.Path)
	first := w.existing.archives[a.organization]
	switch r.file.Attribution.OrganizationSource {
	case files.FromManifest, files.FromLayout, files.FromOverrulingFlag:
		return nil
	}
	if archive == "" || first == archive {
		return nil
	}
	if first == "" {
		w.existing.archives[a.organization] = archive
		return nil
	}
	return &snapshots.Issue{
		Kind:   "several_archives",
		Reason: fmt.Sprintf("archives %q and %q both have accounts of organization %q", first, archive, a.organization),
		Remedy: "if these are different organizations, use --layout '{organization}.zip' or a manifest.json in each",
	}
}

// warn adds an issue once for each organization, and a warning once for each kind.
func (w *rows) warn(f *fileRow, organization string, issue snapshots.Issue) {
	if w.warned[issue.Kind+" "+organization] {
		return
	}
	if !w.warned[issue.Kind] {
		w.warnings = append(w.warnings, issue.Reason+"; "+issue.Remedy)
	}
	w.warned[issue.Kind], w.warned[issue.Kind+" "+organization] = true, true
	f.issues.add(issue)
}
