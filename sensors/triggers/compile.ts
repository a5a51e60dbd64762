import { error, type Finding, type Path } from '../../src/core/errors/finding.ts';
import { type Event, orderKeyOf } from '../../src/core/event/event.ts';
import type { JqOptions } from '../../src/core/jq/index.ts';
import type { Json } from '../../src/core/json/json.ts';
import { allOf, type Pieces } from '../../src/core/time/pieces.ts';
import { type Checked, notBuilt, problemOf } from '../checked.ts';
import type { Action, CompiledTrigger } from '../compiled.ts';
import { compileCondition } from '../conditions/compile.ts';
import { compileKey } from '../keys.ts';
import { checkParameters } from './parameters/index.ts';
import { compileRateLimit } from './rate-limit.ts';
import { definitionOf, triggers, unsupportedTriggers } from './registry.ts';
import { changingTemplate, compileTemplate, type ReadyTemplate, type Template, typesIn } from './render.ts';
import { compileRetry } from './retry.ts';
import type { TemplateSpec, TriggerSpec } from './spec.ts';
import type { Firing, TriggerContext, TriggerDefinition } from './trigger.ts';

/** Undefined when it cannot run; the findings say why. */
export function compileTrigger(
  spec: TriggerSpec,
  dependencies: readonly string[],
  path: Path,
  jqOptions: Partial<JqOptions> = {},
): Checked<CompiledTrigger | undefined> {
  const { template, parameters = [], atLeastOnce = true, policy } = spec;
  const condition = compileCondition(template, dependencies, [...path, 'template'], jqOptions);
  const retry = compileRetry(spec.retryStrategy, [...path, 'retryStrategy']);
  const limit = compileRateLimit(spec.rateLimit, [...path, 'rateLimit']);
  const order = checkedOrderKey(spec.orderBy, [...path, 'orderBy'], jqOptions);
  const type = checkedType(template, [...path, 'template'], dependencies);
  const findings = [
    ...unbuilt(spec, path),
    ...condition.findings,
    ...type.findings,
    ...checkParameters(parameters, dependencies, [...path, 'parameters']),
    ...retry.findings,
    ...limit.findings,
    ...order.findings,
  ];
  if (!type.value || !order.value || findings.some((finding) => finding.severity === 'error')) return { value: undefined, findings };
  const fixed = compileTemplate(template, type.value, jqOptions.clock);
  const changing = parameters.length > 0 ? changingTemplate(template, parameters, dependencies, jqOptions.clock) : undefined;
  return {
    findings,
    value: {
      name: template.name,
      type: type.value,
      ...condition.value,
      retry: retry.value,
      spacing: limit.value,
      attemptLimit: 60_000,
      atLeastOnce,
      orderKeyOf: order.value,
      prepare: (firing, context) => prepare({ fixed, changing }, firing, policy ? { ...context, policy } : context),
    },
  };
}

/** The firing goes by the name that its template has then. */
async function prepare(
  { fixed, changing }: { fixed: ReadyTemplate; changing: Template | undefined },
  firing: Firing,
  rest: Omit<TriggerContext, 'firing'>,
): Promise<Action> {
  const { party } = rest;
  const done = <T>(pieces: Pieces<T>) => (party ? party.doAll(pieces) : allOf(pieces));
  const { name, definition, ready } = changing ? await done(changing(firing.events)) : fixed;
  const context: TriggerContext = { ...rest, firing: { ...firing, trigger: name } };
  const loaded = await definition.load?.(ready, context);
  const rendered = await done(renderPieces(definition, ready, loaded, context.firing));
  return {
    type: definition.type,
    summary: definition.describe(rendered),
    rendered: definition.show(rendered),
    fire: () => definition.fire(rendered, context, ready),
  };
}

function* renderPieces(definition: TriggerDefinition, ready: unknown, loaded: Json | undefined, firing: Firing): Pieces<unknown> {
  return definition.renderPieces ? yield* definition.renderPieces(ready, loaded, firing) : definition.render(ready, loaded, firing);
}

/** The one type that a template has, its block checked. */
function checkedType(
  template: TemplateSpec,
  path: Path,
  dependencies: readonly string[],
): Checked<(typeof triggers)[number]['type'] | undefined> {
  const types = typesIn(template);
  if (types.length !== 1) {
    const choices = triggers.map((one) => one.type).join(', ');
    return { value: undefined, findings: [error('CONFIG_ONE_OF', path, { choices, found: types.join(', ') || 'none' })] };
  }
  const definition = triggers.find((one) => one.type === types[0]);
  if (!definition) return { value: undefined, findings: [absent(types[0]!, [...path, types[0]!])] };
  const block = template[definition.type];
  const findings = definitionOf(definition.type).check(block, dependencies);
  return { value: definition.type, findings: findings.map((one) => ({ ...one, path: [...path, definition.type, ...one.path] })) };
}

function absent(type: string, path: Path): Finding {
  const what = `the trigger type \`${type}\``;
  const because = Object.entries(unsupportedTriggers).find(([name]) => name === type)?.[1];
  return because ? error('CONFIG_UNSUPPORTED', path, { what, because }) : notBuilt(path, what);
}

function checkedOrderKey(
  orderBy: string | undefined,
  path: Path,
  jqOptions: Partial<JqOptions>,
): Checked<((event: Event) => string | undefined) | undefined> {
  let value: ((event: Event) => string | undefined) | undefined;
  const problem = problemOf(path, () => {
    value = orderBy ? compileKey(orderBy, jqOptions) : orderKeyOf;
  });
  return { value, findings: problem ? [problem] : [] };
}

/** What Argo's triggers can have and ours cannot yet. */
function unbuilt({ template, policy, dlqTrigger }: TriggerSpec, path: Path): Finding[] {
  const findings: Finding[] = [];
  if (policy && (policy.k8s || !template.http)) findings.push(notBuilt([...path, 'policy'], 'this policy'));
  if (dlqTrigger) findings.push(notBuilt([...path, 'dlqTrigger'], 'a dlqTrigger'));
  return findings;
}
