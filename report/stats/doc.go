// Package stats computes rates with 95 % confidence intervals from data that
// come in clusters: users (the units) belong to organizations (the clusters),
// and users of one organization are alike. It depends on no package of ours.
//
// A rate arrives as six sums over organizations, ClusterSums, so that the
// database can add them up and no row has to be read here. Estimate returns
// the rate r = y/n with
//
//   - the linearized variance of a ratio, with the organization as the
//     sampling unit, and the design effect,
//   - Korn and Graubard's interval for proportions from complex surveys,
//   - the reason why the rate must not be printed, by the presentation
//     standards of the US National Center for Health Statistics (NCHS),
//   - a caveat where simulation shows that the interval is likely too narrow.
//
// The tests compare variance and interval with R's survey package;
// docs/simulation measures how often the interval holds the true rate.
package stats
