import { goJson } from '../../src/core/json/stringify.ts';
import type { FileSpec } from './spec.ts';

/** What can befall a file, with the bits that Argo's payload has for them. */
const bits = { CREATE: 1, WRITE: 2, REMOVE: 4, RENAME: 8, CHMOD: 16 } as const;

export type Operation = keyof typeof bits;

export const operations = Object.keys(bits) as readonly Operation[];

/** Argo's payload, for an operation such as `CREATE` or `CREATE|WRITE`. Other than elsewhere, `metadata` is there in any case. */
export function payloadOf(name: string, operation: string, metadata: FileSpec['metadata']): string {
  const op = operation.split('|').reduce((sum, one) => sum | (bits[one as Operation] ?? 0), 0);
  return `{"name":${goJson(name)},"op":${op},"metadata":${goJson(metadata ?? null)}}`;
}
