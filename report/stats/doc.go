// Package stats computes rates with 95 % confidence intervals from data that
// come in clusters: users (the units) belong to organizations (the clusters),
// and users of one organization are alike. It depends on no package of ours.
//
// A rate arrives as Sums over organizations, so that the database can add them
// up and no row has to be read here. Estimate returns the rate r = y/n with
//
//   - the bias-reduced variance CR2 with the organization as the sampling unit,
//     its degrees of freedom (Bell and McCaffrey), and the design effect,
//   - Korn and Graubard's interval for proportions from complex surveys; where
//     units are unknown, the interval of the range of possible rates,
//   - the reason why the rate must not be printed, by the presentation
//     standards of the US National Center for Health Statistics (NCHS),
//   - a caveat where simulation shows that the interval is likely too narrow.
//
// The tests compare variance, degrees of freedom and interval with R's estimatr
// and clubSandwich; docs/simulation measures how often the interval holds the
// true rate.
package stats
