const longIntegers = /(?<![\w.+-])-?\d{16,}(?![\d.eE])/g;

/** Whether a JSON text has integers that a float64 does not hold. */
export const hasLongInteger = (json: string | null | undefined): boolean => roundedIn(json).length > 0;

/** A text that was made of a JSON text by way of float64, as it would be had the digits of its integers been kept. */
export function withDigitsOf(json: string | null | undefined, text: string | null): string | null {
  return roundedIn(json).reduce((restored, integer) => restored?.replaceAll(String(Number(integer)), integer) ?? null, text);
}

const roundedIn = (json: string | null | undefined): string[] =>
  (json?.match(longIntegers) ?? []).filter((integer) => String(Number(integer)) !== integer);
