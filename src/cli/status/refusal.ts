/** Why a rule is refused, as a status says it: a word for programs, and sentences with the place in the object for people. */
import type { Code } from '../../core/errors/codes.ts';
import type { Finding } from '../../core/errors/finding.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { showFindingIn } from '../admit-rules.ts';
import type { Ready } from './ready.ts';

export function refusal(findings: readonly Finding[], object: JsonObject): Ready {
  const errors = findings.filter(({ severity }) => severity === 'error');
  return { status: 'False', reason: reasonOf(errors[0]), message: errors.map((one) => showFindingIn(object, one)).join('; ') };
}

/** Where something that is compiled does not compile. */
const places: readonly (readonly [step: string, reason: string])[] = [
  ['transform', 'TransformDoesNotCompile'],
  ['filters', 'FilterDoesNotCompile'],
  ['filter', 'FilterDoesNotCompile'],
  ['conditions', 'ConditionsDoNotCompile'],
  ['conditionsReset', 'ConditionsDoNotCompile'],
  ['join', 'JoinDoesNotCompile'],
  ['parameters', 'ParameterDoesNotCompile'],
];

const compiled: readonly Code[] = [
  'CONFIG_JQ',
  'CONFIG_LUA',
  'CONFIG_EXPRESSION',
  'CONFIG_CEL',
  'CONFIG_TEMPLATE',
  'CONFIG_PATH',
  'CONFIG_REGEX',
];

const reasons: Partial<Record<Code, string>> = {
  CONFIG_UNSUPPORTED: 'NotSupported',
  CONFIG_UNKNOWN_KIND: 'UnknownKind',
  CONFIG_UNKNOWN_DEPENDENCY: 'UnknownDependency',
  CONFIG_DUPLICATE: 'DuplicateName',
  CONFIG_CRON: 'ScheduleDoesNotCompile',
};

function reasonOf(first: Finding | undefined): string {
  if (!first) return 'Invalid';
  const known = reasons[first.code];
  if (known) return known;
  // Whatever points into a text did not compile there.
  if (!compiled.includes(first.code) && first.offset === undefined) return 'Invalid';
  return places.find(([step]) => first.path.includes(step))?.[1] ?? 'DoesNotCompile';
}
