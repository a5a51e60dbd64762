import type { Adapter } from './adapter.ts';
import { gjson } from './adapters/gjson.ts';
import { resourceFilter } from './adapters/resource-filter.ts';
import { resourceLabels } from './adapters/resource-labels.ts';
import { resourcePayload } from './adapters/resource-payload.ts';
import { sjson } from './adapters/sjson.ts';

/** Part → adapter. A part that is not here counts as skipped. */
export const adapters: Readonly<Record<string, Adapter>> = {
  'argo/gjson': gjson,
  'argo/resource-filter': resourceFilter,
  'argo/resource-labels': resourceLabels,
  'argo/resource-payload': resourcePayload,
  'argo/sjson': sjson,
};
