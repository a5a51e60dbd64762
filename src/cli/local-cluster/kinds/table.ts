import { definitionKind } from '../crd/definition-kind.ts';
import { clusterKinds } from './cluster.ts';
import { coreKinds } from './core.ts';
import { jobRows } from './jobs.ts';
import { networkingKinds } from './networking.ts';
import type { Resource } from './resource.ts';
import { reviewKinds } from './reviews.ts';
import { scalingRows } from './scaling.ts';
import { workloadKinds } from './workloads.ts';

/** Every kind that the local cluster knows by itself. CustomResourceDefinitions add to them at run time. */
export const kinds: readonly Resource[] = [
  ...coreKinds,
  ...workloadKinds,
  ...scalingRows,
  ...jobRows,
  ...networkingKinds,
  ...clusterKinds,
  ...reviewKinds,
  definitionKind,
];
