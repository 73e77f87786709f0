# Writes what the tests of intervals compare with, computed by R from one row per user:
#
#     Rscript oracle.R            (in this folder; Debian: r-cran-estimatr r-cran-clubsandwich r-cran-survey)
#
# organizations.csv  the data sets: numerator, denominator and unknown units of each organization
# estimates.csv      of each set: CR2 variance and degrees of freedom (estimatr's lm_robust, checked against clubSandwich),
#                    for the rate and for the rate with unknown units as violations, and the ends of the interval by qbeta
# panel.csv          the organizations of two dates
# changes.csv        of each panel: the change of the rate, its variance (survey's svycontrast) and its 95 % interval
suppressPackageStartupMessages({library(estimatr); library(clubSandwich); library(survey)})
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20210506)

# Sizes, at most 600 users: CR2 takes the eigenvalues of a matrix of users by users.
equal <- function(g, n = 30) rep(n, g)
heavy <- function(g, sigma = 1.5) pmin(600, pmax(1, round(10 * exp(sigma * rnorm(g)))))
pareto <- function(g) pmin(600, round(5 * runif(g)^(-1 / 1.1)))
rates <- function(g, p, icc) if (icc == 0) rep(p, g) else rbeta(g, p * (1 - icc) / icc, (1 - p) * (1 - icc) / icc)

sets <- list()
add <- function(name, n, y, u = rep(0, length(n))) {
  sets[[name]] <<- data.frame(name = name, organization = seq_along(n), numerator = y, denominator = n, unknown = u)
}
draw <- function(name, n, p, icc, unknown = 0) { # the unknown are drawn from the users who do not violate
  y <- rbinom(length(n), n, rates(length(n), p, icc))
  add(name, n, y, rbinom(length(n), n - y, rates(length(n), unknown, if (unknown > 0) 0.2 else 0)))
}
for (g in c(10, 40, 400))
  for (p in c(0.01, 0.06, 0.6)) {
    draw(sprintf("equal %d p%g", g, p), equal(g), p, 0.1)
    draw(sprintf("lognormal %d p%g", g, p), heavy(g), p, 0.3)
    draw(sprintf("pareto %d p%g", g, p), pareto(g), p, 0.05)
  }
for (p in c(0.02, 0.3, 0.9)) for (u in c(0.01, 0.3)) draw(sprintf("unknown %g p%g", u, p), heavy(60), p, 0.1, u)
for (g in c(2, 3, 5, 9)) draw(sprintf("few %d", g), heavy(g, 0.5) + 5, 0.4, 0.3)
for (p in c(0.001, 0.5, 0.999)) draw(sprintf("one giant p%g", p), c(600, equal(30, 4)), p, 0.1)
for (p in c(0.06, 0.6)) draw(sprintf("single users p%g", p), equal(300, 1), p, 0)
draw("independent", heavy(60), 0.3, 0)
draw("unknown in few", c(200, heavy(29)), 0.2, 0.2, 0.5)
add("giant unlike the rest", c(600, equal(40, 10)), c(540, rep(1, 40)))
add("all or nothing", equal(40, 25), rep(c(25, 0), c(13, 27)))
add("30 of 31", equal(31, 5), rep(c(0, 5), c(1, 30)))
add("one violation", equal(20, 50), c(1, rep(0, 19)))
add("one user without", equal(20, 50), c(49, rep(50, 19)))
add("variance 0", equal(15, 20), rep(5, 15))
add("design effect under 1", equal(16, 20), rep(c(9, 11), 8))
add("design effect just under 1", equal(16, 20), rep(c(7, 13, 10, 10), 4))
add("none", c(300, equal(20, 10)), rep(0, 21))
add("none known to", c(300, equal(20, 10)), rep(0, 21), c(10, rep(1, 20)))
add("all", c(300, equal(20, 10)), c(300, equal(20, 10)))
add("all known or not", equal(12, 10), rep(7, 12), rep(3, 12))

# cr2: variance and degrees of freedom of the rate, by two packages.
cr2 <- function(n, y) {
  d <- data.frame(org = rep(seq_along(n), n), y = unlist(Map(function(n, k) rep(c(1, 0), c(k, n - k)), n, y)))
  fit <- lm_robust(y ~ 1, data = d, clusters = org, se_type = "CR2")
  v <- as.numeric(vcov(fit)); df <- as.numeric(fit$df)
  if (sum(y) > 0 && sum(y) < sum(n)) { # clubSandwich cannot do without residuals
    second <- coef_test(lm(y ~ 1, d), vcov = "CR2", cluster = d$org, test = "Satterthwaite")
    stopifnot(abs(second$SE^2 - v) < 1e-10, abs(second$df - df) < 1e-6)
  }
  c(v, df)
}
interval <- function(r, v, n, df) {
  size <- if (r > 0 && r < 1) min(n, r * (1 - r) / v) else n
  k <- size * (qt(0.975, n - 1) / qt(0.975, max(df, 1)))^2
  c(if (r > 0) qbeta(0.025, k * r, k * (1 - r) + 1) else 0, if (r < 1) qbeta(0.975, k * r + 1, k * (1 - r)) else 1)
}
num <- function(x) sprintf("%.17g", x)
estimate <- function(s) {
  n <- s$denominator; total <- sum(n); at <- function(y) {
    r <- sum(y) / total; c(r, fit <- cr2(n, y), interval(r, fit[1], total, fit[2]))
  }
  lower <- at(s$numerator)
  upper <- if (any(s$unknown > 0)) at(s$numerator + s$unknown) else lower
  data.frame(name = s$name[1], organizations = nrow(s), rate = num(lower[1]), upper_rate = num(upper[1]), variance = num(lower[2]),
             variance_upper = num(upper[2]), degrees = num(lower[3]), low = num(lower[4]), high = num(upper[5]))
}

panels <- list()
panel <- function(name, n1, n2, p1, p2, icc) {
  q <- rates(length(n1), p1, icc)
  panels[[name]] <<- data.frame(name = name, organization = seq_along(n1), numerator_1 = rbinom(length(n1), n1, q), denominator_1 = n1,
                                numerator_2 = rbinom(length(n2), n2, pmin(1, q * p2 / p1)), denominator_2 = n2)
}
grown <- function(n) pmax(1, n + rpois(length(n), 0.1 * n) - rpois(length(n), 0.1 * n))
for (g in c(2, 10, 50, 200))
  for (p in c(0.06, 0.5)) { n <- heavy(g); panel(sprintf("lognormal %d p%g", g, p), n, grown(n), p, 0.8 * p, 0.2) }
panel("equal", equal(30), equal(30), 0.3, 0.3, 0.1)
panel("one giant", c(600, equal(20, 10)), c(500, equal(20, 12)), 0.2, 0.1, 0.1)
panel("users come and go", c(0, 20, heavy(30)), c(30, 0, heavy(30)), 0.3, 0.4, 0.1)
change <- function(s) {
  rows <- function(date, n, y) data.frame(date = rep(date, sum(n)), org = rep(s$organization, n),
                                          y = unlist(Map(function(n, k) rep(c(1, 0), c(k, n - k)), n, y)))
  d <- rbind(rows("1", s$denominator_1, s$numerator_1), rows("2", s$denominator_2, s$numerator_2))
  design <- svydesign(ids = ~org, weights = ~1, data = d)
  contrast <- svycontrast(svyby(~y, ~date, design, svymean, covmat = TRUE), c("1" = -1, "2" = 1))
  ends <- confint(contrast, df = degf(design))
  data.frame(name = s$name[1], organizations = nrow(s), change = num(coef(contrast)), variance = num(vcov(contrast)),
             low = num(ends[1]), high = num(ends[2]))
}

write <- function(file, rows) {
  out <- file(file, "w")
  writeLines(sprintf("# oracle.R, seed 20210506, R %s, estimatr %s, clubSandwich %s, survey %s", getRversion(), packageVersion("estimatr"),
                     packageVersion("clubSandwich"), packageVersion("survey")), out)
  write.csv(rows, out, row.names = FALSE, quote = FALSE)
  close(out)
}
write("organizations.csv", do.call(rbind, sets))
write("estimates.csv", do.call(rbind, lapply(sets, estimate)))
write("panel.csv", do.call(rbind, panels))
write("changes.csv", do.call(rbind, lapply(panels, change)))
