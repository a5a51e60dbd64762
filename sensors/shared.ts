import { error, type Finding, type Path } from '../src/core/errors/finding.ts';
import type { CompiledTrigger } from './compiled.ts';
import { dlqsOf } from './triggers/dlq.ts';
import type { TriggerSpec } from './triggers/spec.ts';

/** What needs one owner, and so has no meaning in a Sensor with `shared: true`. `compiled` is what was made of each trigger. */
export function withoutOwner(triggers: readonly TriggerSpec[], compiled: readonly (CompiledTrigger | undefined)[]): Finding[] {
  return triggers.flatMap((trigger, index) => {
    const at: Path = ['spec', 'triggers', index];
    const { conditions } = trigger.template;
    const join = [...at, 'template', ...(conditions === undefined ? [] : ['conditions'])];
    return [
      ...(compiled[index]?.join ? [refused(join, 'a wait for several events')] : []),
      ...[{ trigger, at }, ...dlqsOf(trigger, at)].flatMap((one) => [
        ...(one.trigger.rateLimit ? [refused([...one.at, 'rateLimit'], 'a rate limit')] : []),
        ...(one.trigger.orderBy ? [refused([...one.at, 'orderBy'], 'an order')] : []),
      ]),
    ];
  });
}

const refused = (at: Path, what: string): Finding =>
  error('CONFIG_INVALID', at, {
    problem: `${what} needs one process that sees every event, and \`shared: true\` has none; leave out one of the two`,
  });

/** The trigger as processes work it that know nothing of one another: its firings have no order. */
export const unordered = (trigger: CompiledTrigger): CompiledTrigger => ({
  ...trigger,
  dlq: trigger.dlq && unordered(trigger.dlq),
  orderKeyOf: () => undefined,
});
