import type { JsonObject } from '../../../src/core/json/json.ts';
import type { DialectListener, DialectRule, DialectWorld, Translation } from '../../../src/dialects/dialect.ts';
import { translateKnative } from '../../../src/dialects/knative/translate/index.ts';
import { Outcomes } from '../../../src/dialects/outcomes.ts';
import { checkRule } from '../../../src/manifests/check.ts';
import { TestClock } from '../../support/clock.ts';

/** Objects as their kinds accept them; throws with the findings of one that is refused. */
export function rulesOf(objects: readonly JsonObject[]): DialectRule[] {
  return objects.map((object) => {
    if (object['kind'] === 'Namespace') {
      const metadata = { namespace: '', ...(object['metadata'] as JsonObject) } as unknown as DialectRule['metadata'];
      return { apiVersion: 'v1', kind: 'Namespace', metadata, spec: undefined };
    }
    const { rule, findings = [] } = checkRule(object) ?? {};
    if (!rule) throw new Error(`refused: ${JSON.stringify(findings)}`);
    const { metadata, spec } = rule.value as Pick<DialectRule, 'metadata' | 'spec'>;
    return { apiVersion: String(object['apiVersion']), kind: rule.kind, metadata, spec };
  });
}

/** A process in which nothing else is. */
export const emptyWorld = (more: Partial<DialectWorld> = {}): DialectWorld => ({
  publish: async () => {},
  sinkOf: () => undefined,
  display: undefined,
  outcomes: new Outcomes(new TestClock()),
  isHeard: () => false,
  portOf: () => 8080,
  ingressPort: 8090,
  addressOf: ({ namespace, name }, port) => `http://127.0.0.1:${port}/${namespace}/${name}`,
  ...more,
});

export const translated = (objects: readonly JsonObject[], world: Partial<DialectWorld> = {}): Translation =>
  translateKnative(rulesOf(objects), emptyWorld(world));

/** The listener of the only source among these objects. */
export function listenerOf(objects: readonly JsonObject[], world: Partial<DialectWorld> = {}): DialectListener {
  const { parts, standings } = translated(objects, world);
  const listeners = parts.flatMap(({ id, runs }) => ('listener' in runs && !id.endsWith('(HTTP)') ? [runs.listener] : []));
  if (listeners.length !== 1) throw new Error(`no one source runs: ${JSON.stringify(standings)}`);
  return listeners[0]!;
}
