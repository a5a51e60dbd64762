import type { Adapter } from './adapter.ts';

/** Part → adapter. A part that is not here counts as skipped. */
export const adapters: Readonly<Record<string, Adapter>> = {};
