/** The months and days as layouts name them. */
export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The parts of `Mon Jan 2 15:04:05 MST 2006` in all their spellings; what comes first is tried first. */
const parts =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|0[1-6]|002|15|1|2006|2|_2(?!006)|__2|3|4|5|PM|pm|[-Z]07(?:0000|:00:00|00|:00)?|[.,](?:0+|9+)(?![0-9])/g;

/** A layout of Go's time package: texts that stand for themselves at even places, parts of a time between them. */
export function splitLayout(layout: string): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const match of layout.matchAll(parts)) {
    pieces.push(layout.slice(from, match.index), match[0]);
    from = match.index + match[0].length;
  }
  pieces.push(layout.slice(from));
  return pieces;
}

export const isFraction = (part: string | undefined): boolean => part !== undefined && /^[.,]/.test(part);
