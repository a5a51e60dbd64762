import type { ApiRequest } from '../request.ts';
import { badRequest } from '../status.ts';

/** What the query of a write says beside the object. */
export interface WriteOptions {
  /** Everything happens but the storing. */
  readonly dryRun: boolean;
  /** Who owns the fields that are written. */
  readonly manager: string;
  readonly force: boolean;
  readonly fieldValidation: 'Ignore' | 'Warn' | 'Strict';
  /** Sent to the client as Warning headers; verbs add to it. */
  readonly warnings: string[];
}

export function writeOptions({ query, userAgent }: ApiRequest): WriteOptions {
  const dryRun = query.get('dryRun');
  if (dryRun !== null && dryRun !== 'All') throw badRequest(`Invalid value: ["${dryRun}"]: dryRun: supported values: "All"`);
  const fieldValidation = query.get('fieldValidation') || 'Warn';
  if (fieldValidation !== 'Ignore' && fieldValidation !== 'Warn' && fieldValidation !== 'Strict') {
    throw badRequest(`fieldValidation: Unsupported value: "${fieldValidation}": supported values: "Ignore", "Strict", "Warn"`);
  }
  return {
    dryRun: dryRun === 'All',
    manager: query.get('fieldManager') || userAgent.split('/')[0]!.slice(0, 128) || 'unknown',
    force: query.get('force') === 'true',
    fieldValidation,
    warnings: [],
  };
}
