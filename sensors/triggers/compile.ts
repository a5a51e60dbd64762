import { error, type Finding, type Path } from '../../src/core/errors/finding.ts';
import { type Event, orderKeyOf } from '../../src/core/event/event.ts';
import type { JqOptions } from '../../src/core/jq/index.ts';
import type { Json } from '../../src/core/json/json.ts';
import type { Programs } from '../../src/core/schema/kind.ts';
import { allOf } from '../../src/core/time/pieces.ts';
import { type Checked, problemOf } from '../checked.ts';
import type { Action, CompiledTrigger } from '../compiled.ts';
import { type Condition, compileCondition } from '../conditions/compile.ts';
import { compileKey } from '../keys.ts';
import { readDlq } from './dlq.ts';
import { dlqName } from './dlq-name.ts';
import { checkParameters } from './parameters/index.ts';
import { checkPolicy } from './policy.ts';
import { compileRateLimit } from './rate-limit.ts';
import { definitionOf, triggers, unsupportedTriggers } from './registry.ts';
import { changingTemplate, compileTemplate, type ReadyTemplate, type Template, typesIn } from './render.ts';
import { compileRetry } from './retry.ts';
import type { TemplateSpec, TriggerSpec } from './spec.ts';
import type { Firing, Outcome, TriggerContext, TriggerDefinition } from './trigger.ts';

/** What an attempt may take that has no reason to take longer, in milliseconds. */
const attemptLimit = 60_000;

/** Undefined when it cannot run; the findings say why. */
export function compileTrigger(
  spec: TriggerSpec,
  dependencies: readonly string[],
  path: Path,
  jqOptions: Partial<JqOptions> = {},
  programs: Programs = {},
): Checked<CompiledTrigger | undefined> {
  const condition = compileCondition(spec.template, dependencies, [...path, 'template'], jqOptions);
  const { value, findings } = compileWork(spec, spec.template.name, condition.value, { dependencies, jqOptions, programs }, path);
  const all = [...condition.findings, ...findings];
  return { value: all.some(({ severity }) => severity === 'error') ? undefined : value, findings: all };
}

interface Around {
  readonly dependencies: readonly string[];
  readonly jqOptions: Partial<JqOptions>;
  readonly programs: Programs;
}

/** What a trigger does once its condition holds. */
function compileWork(
  spec: TriggerSpec,
  name: string,
  condition: Condition,
  around: Around,
  path: Path,
): Checked<CompiledTrigger | undefined> {
  const { template, parameters = [], atLeastOnce = true, policy } = spec;
  const { dependencies, jqOptions, programs } = around;
  const options = { clock: jqOptions.clock, programs };
  const type = checkedType(template, [...path, 'template'], around);
  const definition = type.value && definitionOf(type.value);
  const awaiting = definition && checkPolicy(policy, definition, template, [...path, 'policy']);
  const retry = compileRetry(spec.retryStrategy, [...path, 'retryStrategy'], spec.dlqTrigger !== undefined);
  const limit = compileRateLimit(spec.rateLimit, [...path, 'rateLimit']);
  const order = checkedOrderKey(spec.orderBy, [...path, 'orderBy'], jqOptions);
  const dlq = compileDlq(spec, name, condition, around, [...path, 'dlqTrigger']);
  const findings = [
    ...type.findings,
    ...(awaiting?.findings ?? []),
    ...checkParameters(parameters, dependencies, [...path, 'parameters']),
    ...retry.findings,
    ...limit.findings,
    ...order.findings,
    ...dlq.findings,
  ];
  if (!type.value || !order.value || findings.some(({ severity }) => severity === 'error')) return { value: undefined, findings };
  const fixed = compileTemplate(template, type.value, options);
  const changing = parameters.length > 0 ? changingTemplate(template, parameters, dependencies, options) : undefined;
  return {
    findings,
    value: {
      name,
      type: type.value,
      ...condition,
      retry: retry.value,
      spacing: limit.value,
      attemptLimit: Math.max(attemptLimit, definition?.limit?.(template[type.value]) ?? 0) + (awaiting?.value ?? 0),
      atLeastOnce,
      dlq: dlq.value,
      orderKeyOf: order.value,
      prepare: (firing, context) => prepare({ fixed, changing }, firing, policy ? { ...context, policy } : context),
    },
  };
}

function compileDlq(
  parent: TriggerSpec,
  name: string,
  condition: Condition,
  around: Around,
  path: Path,
): Checked<CompiledTrigger | undefined> {
  const { value, findings } = readDlq(parent, path);
  if (!value) return { value, findings };
  const work = compileWork(value, dlqName(name, value), { ...condition, join: undefined }, around, path);
  return { value: work.value, findings: [...findings, ...work.findings] };
}

/** The firing goes by the name that its template has then. */
function prepare(
  { fixed, changing }: { fixed: ReadyTemplate; changing: Template | undefined },
  firing: Firing,
  context: Omit<TriggerContext, 'firing'>,
): Action | Promise<Action> {
  if (!changing) return actionOf(fixed, firing, context);
  const pieces = changing(firing.events);
  return andThen(context.party ? context.party.doAll(pieces) : allOf(pieces), (template) => actionOf(template, firing, context));
}

function actionOf(
  { name, definition, ready }: ReadyTemplate,
  unnamed: Firing,
  rest: Omit<TriggerContext, 'firing'>,
): Action | Promise<Action> {
  const firing = unnamed.trigger === name ? unnamed : { ...unnamed, trigger: name };
  const context = contextOf(firing, rest);
  const rendered = definition.load
    ? definition.load(ready, context).then((loaded) => render(definition, ready, loaded, context))
    : render(definition, ready, undefined, context);
  return andThen(rendered, (one) => new ReadyAction(definition, ready, one, context));
}

function render(definition: TriggerDefinition, ready: unknown, loaded: Json | undefined, { firing, party }: TriggerContext): unknown {
  const pieces = definition.renderPieces?.(ready, loaded, firing);
  if (pieces) return party ? party.doAll(pieces) : allOf(pieces);
  return party ? party.do(() => definition.render(ready, loaded, firing)) : definition.render(ready, loaded, firing);
}

/** Field by field: V8 puts what is spread together here among the old objects, and a busy sensor's memory fills with them. */
const contextOf = (
  firing: Firing,
  { attempt, signal, clock, kube, tell, clients, policy, party }: Omit<TriggerContext, 'firing'>,
): TriggerContext => ({ firing, attempt, signal, clock, kube, tell, clients, policy, party });

const andThen = <T, U>(value: T | Promise<T>, next: (value: T) => U | Promise<U>): U | Promise<U> =>
  value instanceof Promise ? value.then(next) : next(value);

/** What is shown of it is made when somebody looks. */
class ReadyAction implements Action {
  readonly #definition: TriggerDefinition;
  readonly #ready: unknown;
  readonly #rendered: unknown;
  readonly #context: TriggerContext;

  constructor(definition: TriggerDefinition, ready: unknown, rendered: unknown, context: TriggerContext) {
    this.#definition = definition;
    this.#ready = ready;
    this.#rendered = rendered;
    this.#context = context;
  }

  get type(): string {
    return this.#definition.type;
  }

  get summary(): string {
    return this.#definition.describe(this.#rendered);
  }

  get rendered(): Json {
    return this.#definition.show(this.#rendered);
  }

  fire(): Outcome | Promise<Outcome> {
    return this.#definition.fire(this.#rendered, this.#context, this.#ready);
  }
}

/** The one type that a template has, its block checked. */
function checkedType(
  template: TemplateSpec,
  path: Path,
  { dependencies, programs }: Around,
): Checked<(typeof triggers)[number]['type'] | undefined> {
  const types = typesIn(template);
  if (types.length !== 1) {
    const choices = triggers.map((one) => one.type).join(', ');
    return { value: undefined, findings: [error('CONFIG_ONE_OF', path, { choices, found: types.join(', ') || 'none' })] };
  }
  const definition = triggers.find((one) => one.type === types[0]);
  if (!definition) return { value: undefined, findings: [unsupported(types[0] as keyof typeof unsupportedTriggers, path)] };
  const block = template[definition.type];
  const findings = definitionOf(definition.type).check(block, dependencies, programs);
  return { value: definition.type, findings: findings.map((one) => ({ ...one, path: [...path, definition.type, ...one.path] })) };
}

const unsupported = (type: keyof typeof unsupportedTriggers, path: Path): Finding =>
  error('CONFIG_UNSUPPORTED', [...path, type], { what: `the trigger type \`${type}\``, because: unsupportedTriggers[type] });

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
