const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/**
 * A time that has passed, in milliseconds, as kubectl shows ages: coarser the longer it is, with two units where the second one still
 * says something (`90s`, `5m30s`, `3h15m`, `2d4h`, `3y20d`).
 */
export function showAge(milliseconds: number): string {
  if (milliseconds < -1 * second) return '<invalid>';
  const passed = Math.max(0, milliseconds);
  if (passed < 2 * minute) return units(passed, second, 's');
  if (passed < 10 * minute) return units(passed, minute, 'm', second, 's');
  if (passed < 3 * hour) return units(passed, minute, 'm');
  if (passed < 8 * hour) return units(passed, hour, 'h', minute, 'm');
  if (passed < 2 * day) return units(passed, hour, 'h');
  if (passed < 8 * day) return units(passed, day, 'd', hour, 'h');
  if (passed < 2 * year) return units(passed, day, 'd');
  if (passed < 8 * year) return units(passed, year, 'y', day, 'd');
  return units(passed, year, 'y');
}

function units(passed: number, unit: number, word: string, smaller?: number, smallerWord?: string): string {
  const whole = `${Math.floor(passed / unit)}${word}`;
  const rest = smaller === undefined ? 0 : Math.floor((passed % unit) / smaller);
  return rest === 0 ? whole : `${whole}${rest}${smallerWord}`;
}
