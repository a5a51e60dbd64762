import type { CeOverrides } from './kinds/fields.ts';

/** The extensions that a rule sets on each event, by the names that CloudEvents gives them. */
export const overridesIn = (overrides: CeOverrides): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(overrides?.extensions ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
