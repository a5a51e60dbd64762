/** What is not finite stands in the cases as Go prints it. */
export function goFloat(value: number): number | string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? value : value > 0 ? '+Inf' : '-Inf';
}
