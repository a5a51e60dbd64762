import { expect, test } from 'vitest';
import { dialectWorld } from '../../../src/cli/dialects/world.ts';
import type { Jobs } from '../../../src/cli/jobs.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { translateTekton } from '../../../src/dialects/tekton/translate/index.ts';
import { checkRule } from '../../../src/manifests/check.ts';
import { dialectRule } from '../../../src/manifests/rule.ts';

const listener = (name: string, servicePort?: number) => {
  const resources = servicePort === undefined ? {} : { resources: { kubernetesResource: { servicePort } } };
  const triggers = [{ template: { spec: { resourcetemplates: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }] } } }];
  const { rule } = checkRule({
    apiVersion: 'triggers.tekton.dev/v1beta1',
    kind: 'EventListener',
    metadata: { name, namespace: 'ci' },
    spec: { ...resources, triggers },
  })!;
  return dialectRule(rule!);
};

const urls = (world: ReturnType<typeof dialectWorld>, ...rules: ReturnType<typeof listener>[]): unknown[] =>
  translateTekton(rules, world).standings.map(({ status }) => status['address']);

test('a listener that names no port gets one that no other names, and keeps it', () => {
  const world = dialectWorld({ jobs: {} as Jobs, clock: systemClock, ports: new Map([['given', 8081]]) });

  const expected = [{ url: 'http://127.0.0.1:8082' }, { url: 'http://127.0.0.1:8080' }, { url: 'http://127.0.0.1:8083' }];
  expect(urls(world, listener('any'), listener('named', 8080), listener('other'))).toEqual(expected);
  expect(urls(world, listener('other'), listener('any'))).toEqual([expected[2], expected[0]]);
});
