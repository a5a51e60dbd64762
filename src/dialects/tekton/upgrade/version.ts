import type { Finding } from '../../../core/errors/finding.ts';
import type { JsonObject } from '../../../core/json/json.ts';
import { version } from '../kinds/group.ts';

export interface Upgraded {
  readonly object: JsonObject;
  readonly findings: readonly Finding[];
}

/** Both versions are the same, field by field. */
export const upgradeVersion = (object: JsonObject): Upgraded => ({ object: { ...object, apiVersion: version }, findings: [] });
