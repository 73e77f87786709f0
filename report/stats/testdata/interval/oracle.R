# Writes oracle.csv, the intervals of R's survey package that interval_test.go compares with.
#
#     Rscript oracle.R            (in this folder; Debian: r-cran-survey)
#
# svyciprop(method = "beta") adjusts the effective size by (qt(nrow - 1) / qt(degf))^2. Its argument df is not used by
# this method. With one row per user and the organization as the only cluster, nrow is n and degf is G - 1.
suppressPackageStartupMessages(library(survey))
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20210506)

# users: a list of organizations' sizes and rates -> one row per user
users <- function(sizes, rates) {
  org <- rep(seq_along(sizes), sizes)
  data.frame(org = org, y = rbinom(length(org), 1, rates[org]))
}
exactly <- function(sizes, hits) { # hits[g] of sizes[g] users
  data.frame(org = rep(seq_along(sizes), sizes),
             y = unlist(Map(function(n, k) rep(c(1, 0), c(k, n - k)), sizes, hits)))
}
beta_rates <- function(g, p, icc) if (icc == 0) rep(p, g) else rbeta(g, p * (1 - icc) / icc, (1 - p) * (1 - icc) / icc)
heavy <- function(g) pmax(1, round(10 * exp(1.5 * rnorm(g))))

sets <- list()
add <- function(name, d) sets[[name]] <<- d
for (g in c(10, 20, 50, 412))
  for (p in c(0.01, 0.06, 0.6, 0.98))
    for (icc in c(0.05, 0.3))
      add(sprintf("heavy %d p%g icc%g", g, p, icc), users(heavy(g), beta_rates(g, p, icc)))
for (g in c(2, 3, 5)) add(sprintf("few %d", g), users(rep(40, g), beta_rates(g, 0.4, 0.3)))
for (g in c(10, 100)) add(sprintf("equal sizes %d", g), users(rep(30, g), beta_rates(g, 0.3, 0.2)))
for (p in c(0.001, 0.5, 0.999)) add(sprintf("one giant p%g", p), users(c(9000, rep(20, 30)), c(p, beta_rates(30, p, 0.1))))
add("giant unlike the rest", users(c(5000, rep(10, 40)), c(0.9, rep(0.1, 40))))
for (p in c(0.06, 0.6)) add(sprintf("singletons p%g", p), users(rep(1, 300), rep(p, 300)))
add("all or nothing", exactly(rep(25, 40), rep(c(25, 0), c(13, 27))))
add("one violation", exactly(rep(50, 20), c(1, rep(0, 19))))
add("one clean user", exactly(rep(50, 20), c(49, rep(50, 19))))
add("independent", users(heavy(60), rep(0.3, 60)))
add("design effect 0", exactly(rep(20, 15), rep(5, 15)))
add("design effect under 1", exactly(rep(20, 16), rep(c(9, 11), 8)))
add("design effect just under 1", exactly(rep(20, 16), rep(c(7, 13, 10, 10), 4)))
add("none", exactly(c(300, rep(10, 20)), rep(0, 21)))
add("all", exactly(c(300, rep(10, 20)), c(300, rep(10, 20))))

# Where the design effect is under 1, or the rate 0 or 1, R's own interval does not apply: it lets the effective size
# exceed n, and gives NaN. There the same formula is taken at n* = n.
at_n <- function(r, n, g) {
  k <- n * (qt(0.975, n - 1) / qt(0.975, g - 1))^2
  c(if (r > 0) qbeta(0.025, k * r, k * (1 - r) + 1) else 0, if (r < 1) qbeta(0.975, k * r + 1, k * (1 - r)) else 1)
}

row <- function(name, d) {
  design <- svydesign(ids = ~org, weights = ~1, data = d)
  n <- nrow(d)
  sizes <- tapply(d$y, d$org, length); hits <- tapply(d$y, d$org, sum); g <- length(sizes)
  stopifnot(degf(design) == g - 1, nrow(design) == n)
  r <- mean(d$y); v <- as.numeric(vcov(svymean(~y, design)))
  deff <- if (r > 0 && r < 1) v / (r * (1 - r) / n) else NaN
  from_r <- !is.nan(deff) && deff >= 1
  ci <- if (from_r) as.numeric(attr(svyciprop(~y, design, method = "beta", df = degf(design)), "ci")) else at_n(r, n, g)
  num <- function(x) sprintf("%.17g", x)
  data.frame(name = name, source = if (from_r) "svyciprop" else "n* = n", organizations = g, n = n, y = sum(d$y),
             sum_yy = num(sum(hits^2)), sum_yn = num(sum(hits * sizes)), sum_nn = num(sum(sizes^2)),
             rate = num(r), variance = num(v), deff = num(deff), low = num(ci[1]), high = num(ci[2]))
}
out <- do.call(rbind, Map(row, names(sets), sets))

file <- file("oracle.csv", "w")
writeLines(c(sprintf("# oracle.R, seed 20210506, %s, survey %s", R.version.string, packageVersion("survey")),
             "# rate, variance, low and high are proportions"), file)
write.csv(out, file, row.names = FALSE, quote = FALSE)
close(file)
