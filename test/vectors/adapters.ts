import type { Adapter } from './adapter.ts';
import { gjson } from './adapters/gjson.ts';
import { sjson } from './adapters/sjson.ts';

/** Part → adapter. A part that is not here counts as skipped. */
export const adapters: Readonly<Record<string, Adapter>> = {
  'argo/gjson': gjson,
  'argo/sjson': sjson,
};
