package stats

import "math"

// Change is the 95 % interval of a change of a rate between two dates, in the unit of the difference, on the organizations of
// both dates (the panel). Organization g has y1_g of n1_g units at the first date and y2_g of n2_g at the second. The
// variance is G/(G-1) times the sum of d_g^2, d_g = (y2_g - r2 n2_g)/n2 - (y1_g - r1 n1_g)/n1, as R's svycontrast has it, with
// G-1 degrees of freedom. It needs G >= 2.
func Change(difference, variance float64, organizations int) (low, high float64) {
	half := studentT(float64(organizations-1)) * math.Sqrt(variance)
	return difference - half, difference + half
}
