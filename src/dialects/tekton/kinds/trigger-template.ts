import type { z } from 'zod';
import { dialectObject, type Kind } from '../../../core/schema/kind.ts';
import { upgradeTemplate } from '../upgrade/template.ts';
import { checkObjectName } from './check-names.ts';
import { checkTemplateSpec } from './check-template.ts';
import { group, older, version } from './group.ts';
import { inSpelling } from './spelling.ts';
import { templateSpec } from './template-spec.ts';

const schema = dialectObject(version, 'TriggerTemplate', templateSpec);

export type TriggerTemplate = z.output<typeof schema>;

export const triggerTemplateKind: Kind<typeof schema> = {
  group,
  version: 'v1beta1',
  kind: 'TriggerTemplate',
  plural: 'triggertemplates',
  shortNames: ['tt'],
  alsoAs: older,
  summary: 'What a trigger creates.',
  about: 'Objects of any kind, as a rule a PipelineRun or a TaskRun, in which `$(tt.params.NAME)` stands for values that bindings give.',
  schema,
  upgrade: (object) => upgradeTemplate(inSpelling(schema, object)),
  check: ({ metadata, spec }) => [...checkObjectName('TriggerTemplate', metadata.name), ...checkTemplateSpec(spec, ['spec'])],
};
