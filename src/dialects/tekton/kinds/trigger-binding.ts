import type { z } from 'zod';
import { clusterObject, dialectObject, type Kind } from '../../../core/schema/kind.ts';
import { upgradeVersion } from '../upgrade/version.ts';
import { bindingSpec } from './binding-spec.ts';
import { checkBindingSpec } from './check-binding.ts';
import { checkObjectName } from './check-names.ts';
import { group, older, version } from './group.ts';
import { inSpelling } from './spelling.ts';

const schema = dialectObject(version, 'TriggerBinding', bindingSpec);
const clusterSchema = clusterObject(version, 'ClusterTriggerBinding', bindingSpec);

export type TriggerBinding = z.output<typeof schema> | z.output<typeof clusterSchema>;

export const triggerBindingKind: Kind<typeof schema> = {
  group,
  version: 'v1beta1',
  kind: 'TriggerBinding',
  plural: 'triggerbindings',
  shortNames: ['tb'],
  alsoAs: older,
  summary: 'Which values are taken from an event.',
  about:
    'Each param has a name, by which a template asks for it, and a text in which `$(body.…)` and the like stand for what the event says.',
  schema,
  upgrade: (object) => upgradeVersion(inSpelling(schema, object)),
  check: ({ metadata, spec }) => [...checkObjectName('TriggerBinding', metadata.name), ...checkBindingSpec(spec, ['spec'])],
};

export const clusterTriggerBindingKind: Kind<typeof clusterSchema> = {
  group,
  version: 'v1beta1',
  kind: 'ClusterTriggerBinding',
  plural: 'clustertriggerbindings',
  shortNames: ['ctb'],
  alsoAs: older,
  isClusterWide: true,
  summary: 'Which values are taken from an event, for the triggers of all namespaces.',
  about: 'A TriggerBinding that belongs to no namespace. A trigger names it by `ref` and `kind: ClusterTriggerBinding`.',
  schema: clusterSchema,
  upgrade: (object) => upgradeVersion(inSpelling(clusterSchema, object)),
  check: ({ metadata, spec }) => [...checkObjectName('ClusterTriggerBinding', metadata.name), ...checkBindingSpec(spec, ['spec'])],
};
