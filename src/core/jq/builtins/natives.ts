import type { Native } from './native.ts';

export const natives: ReadonlyMap<string, Native> = new Map(Object.entries({}));
