/**
 * Go's math.Pow: the whole part of the exponent by squaring, the rest by exp and log. JavaScript rounds otherwise in the last place, and
 * has NaN for 1 to the power of what is not finite.
 */
export function pow(base: number, exponent: number): number {
  if (base === 1 || exponent === 0) return 1;
  if (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY) return 1;
  if (exponent === 0.5) return Math.sqrt(base);
  if (exponent === -0.5) return 1 / Math.sqrt(base);
  const size = Math.abs(exponent);
  if (!(size < 1024) || !Number.isFinite(base) || base === 0 || (base < 0 && size % 1 !== 0)) return base ** exponent;
  let whole = Math.floor(size);
  let rest = size - whole;
  if (rest > 0.5) {
    rest -= 1;
    whole += 1;
  }
  let result = rest === 0 ? 1 : Math.exp(rest * Math.log(base));
  for (let square = base; whole > 0; whole = Math.floor(whole / 2), square *= square) {
    if (whole % 2 === 1) result *= square;
  }
  if (exponent > 0) return result;
  return Number.isFinite(result) ? 1 / result : base ** exponent;
}
