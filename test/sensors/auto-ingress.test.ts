import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileSensor } from '../../sensors/compile.ts';
import type { CompiledSensor } from '../../sensors/compiled.ts';
import { sensorKind } from '../../sensors/kind.ts';
import { EventData } from '../../src/core/event/data.ts';
import { read } from '../../src/core/schema/read.ts';
import { parseYaml } from '../../src/core/yaml/parse.ts';
import { buildEvent } from '../support/build-sensor.ts';
import { prepareOf } from '../support/compile-sensor.ts';
import { type MemoryKube, memoryKube } from '../support/memory-kube.ts';

const ingresses = '/apis/networking.k8s.io/v1/namespaces/playground/ingresses';

function sensor(): CompiledSensor {
  const { value, findings } = read(sensorKind.schema, parseYaml(readFileSync('examples/auto-ingress/sensor.yaml', 'utf8')));
  const compiled = value && compileSensor(value);
  expect([...findings, ...(compiled?.findings ?? [])]).toEqual([]);
  return compiled!.compiled!;
}

/** What the rule does when something happens to a Service, on the screen. */
async function happen(rule: CompiledSensor, kube: MemoryKube, type: string, port: number, annotations: object): Promise<string> {
  const body = { metadata: { name: 'web', annotations }, spec: { ports: [{ port }] } };
  const event = { ...buildEvent(`${type}-${port}`), data: EventData.fromText(JSON.stringify({ type, body })) };
  const verdict = await rule.dependencies[0]!.admit(event);
  if (!verdict.admitted) return verdict.because;
  const action = await prepareOf(rule, verdict.event, { kube, id: event.id });
  return `${action.summary} → ${(await action.fire()).summary}`;
}

test('a Service has its Ingress, which follows it and goes with it', async () => {
  const rule = sensor();
  const kube = memoryKube();
  const host = { 'autodeploy-ingress-host': 'web.example.com' };

  expect(await happen(rule, kube, 'ADD', 80, host)).toBe('create Ingress playground/web-ing → created Ingress playground/web-ing');
  expect(kube.objects.get(`${ingresses}/web-ing`)).toMatchObject({
    metadata: { name: 'web-ing', namespace: 'playground' },
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'web.example.com',
          http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] },
        },
      ],
    },
  });

  expect(await happen(rule, kube, 'UPDATE', 8080, { ...host, 'autodeploy-ingress-class': 'haproxy' })).toBe(
    'update Ingress playground/web-ing → updated Ingress playground/web-ing',
  );
  expect(kube.objects.get(`${ingresses}/web-ing`)).toMatchObject({
    spec: { ingressClassName: 'haproxy', rules: [{ http: { paths: [{ backend: { service: { port: { number: 8080 } } } }] } }] },
  });

  expect(await happen(rule, kube, 'DELETE', 8080, host)).toBe('delete Ingress playground/web-ing → deleted Ingress playground/web-ing');
  expect(kube.objects.size).toBe(0);
});

test('a Service without a host is a firing that tells what is missing', async () => {
  await expect(happen(sensor(), memoryKube(), 'ADD', 80, {})).rejects.toThrow(
    'path "body.metadata.annotations.autodeploy-ingress-host" does not exist in the event of dependency "service"',
  );
});

test('the sample event of the example makes the Ingress of its Service', async () => {
  const rule = sensor();
  const kube = memoryKube();
  const data = EventData.fromText(readFileSync('examples/auto-ingress/service-added.event.json', 'utf8'));
  const verdict = await rule.dependencies[0]!.admit({ ...buildEvent('sample'), data });

  expect(verdict.admitted).toBe(true);
  await (await prepareOf(rule, (verdict as { event: ReturnType<typeof buildEvent> }).event, { kube })).fire();
  expect(kube.objects.get(`${ingresses}/hello-ing`)).toMatchObject({ spec: { rules: [{ host: 'hello.example.com' }] } });
});
