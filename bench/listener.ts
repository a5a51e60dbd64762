/**
 * An EventListener of Tekton. First a thousand triggers on one listener, of which one passes its CEL filter.
 */
import type { JsonObject } from '../src/core/json/json.ts';
import { systemClock } from '../src/core/time/clock.ts';
import { startListeners } from '../test/dialects/tekton/listener-world.ts';

const body = JSON.stringify({
  action: 'opened',
  number: 17,
  pull_request: { title: 'a change', head: { sha: 'a'.repeat(40) } },
  repository: { url: 'https://example.com/app' },
  text: 'x'.repeat(1500),
});

const trigger = (index: number): JsonObject => ({
  name: `t${index}`,
  interceptors: [
    {
      ref: { name: 'cel' },
      params: [
        {
          name: 'filter',
          value: `body.action == '${index === 500 ? 'opened' : `other${index}`}' && header.match('X-GitHub-Event', 'pull_request')`,
        },
      ],
    },
  ],
  bindings: [{ name: 'sha', value: '$(body.pull_request.head.sha)' }],
  template: {
    spec: {
      params: [{ name: 'sha' }],
      resourcetemplates: [
        {
          apiVersion: 'tekton.dev/v1',
          kind: 'PipelineRun',
          metadata: { generateName: 'p-' },
          spec: { params: [{ name: 'sha', value: '$(tt.params.sha)' }] },
        },
      ],
    },
  },
});

const listener = (count: number): JsonObject => ({
  apiVersion: 'triggers.tekton.dev/v1beta1',
  kind: 'EventListener',
  metadata: { name: 'many', namespace: 'default' },
  spec: { triggers: Array.from({ length: count }, (_, index) => trigger(count === 1 ? 500 : index)) },
});

for (const count of [1, 1000]) {
  const events = Number(process.env['EVENTS'] ?? 2000);
  await using world = await startListeners([listener(count)], { forgets: true });
  const url = await world.urlOf();
  const began = performance.now();
  const cpu = process.cpuUsage();
  let sent = 0;
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      while (sent++ < events) {
        const answer = await fetch(url, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-GitHub-Event': 'pull_request' },
          body,
        });
        await answer.arrayBuffer();
      }
    }),
  );
  while (world.created.length < events) await systemClock.sleep(5);
  const took = performance.now() - began;
  const used = process.cpuUsage(cpu);
  console.log(
    count,
    'triggers',
    Math.round((events / took) * 1000),
    'events/s',
    'cpu per event us',
    Math.round((used.user + used.system) / events),
  );
}
