import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { eventually } from '../../support/eventually.ts';
import type { StartStory, Story } from './story.ts';

/** Kubernetes' own Events through Knative's source, Broker and Trigger. `hasNode`: Pods are run, so that it writes some by itself. */
export function clusterEventsStory(where: string, start: StartStory, hasNode: boolean): void {
  describe(`cluster-events-display ${where}`, () => {
    let story: Story;
    beforeAll(async () => {
      story = await start('cluster-events-display', 'nobody');
      await story.program.seen(/watching.*events/);
    }, 90_000);
    afterAll(() => story?.[Symbol.asyncDispose]());

    const create = async (object: KubeObject) => story.kube.create(await story.kube.kind(object.apiVersion, object.kind), object);
    /** As what has seen it writes it down. */
    const note = (namespace: string, reason: string) =>
      create({
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: `noted-${reason.toLowerCase()}`, namespace },
        involvedObject: { apiVersion: 'v1', kind: 'Pod', name: 'busybox', namespace },
        reason,
        message: 'noted by the test',
        type: 'Normal',
      });
    const shown = (namespace: string, reason: string) =>
      story.shown.seen(
        new RegExp(
          `cloudevents\\.Event\\n[^☁]*type: dev\\.knative\\.apiserver\\.resource\\.add\\n[^☁]*namespace: ${namespace}\\n[^☁]*"reason": "${reason}"`,
        ),
      );

    test('an Event of the cluster is shown whole, with its attributes', async () => {
      await note(story.namespace, 'Sneezed');

      const [text] = await shown(story.namespace, 'Sneezed');
      expect(text).toContain(`  subject: /apis/v1/namespaces/${story.namespace}/events/noted-sneezed\n`);
      expect(text).toContain('  apiversion: v1\n');
      expect(text).toContain('"message": "noted by the test"');
    });

    test('people see where the source sends, whom the Trigger calls, and that all are ready', async () => {
      const status = async (apiVersion: string, kind: string, name: string) =>
        eventually(async () => {
          const found = await story.kube.get(await story.kube.kind(apiVersion, kind), { namespace: story.namespace, name });
          const { conditions = [], ...rest } = (found['status'] ?? {}) as { conditions?: { type: string; status: string }[] };
          return conditions.some((one) => one.type === 'Ready' && one.status === 'True') ? rest : undefined;
        });

      const url = expect.stringMatching(new RegExp(`^http://.*/${story.namespace}/default$`));
      expect(await status('sources.knative.dev/v1', 'ApiServerSource', 'cluster-events')).toMatchObject({ sinkUri: url });
      expect(await status('eventing.knative.dev/v1', 'Broker', 'default')).toMatchObject({ address: { url } });
      expect(await status('eventing.knative.dev/v1', 'Trigger', 'show-events')).toMatchObject({
        broker: 'default',
        subscriberUri: expect.stringMatching(/^http:\/\//),
      });
    });

    test.runIf(hasNode)('a Pod that runs is told of in both spellings', async () => {
      for (const namespace of ['default', 'early-days']) {
        const spec = { restartPolicy: 'Never', containers: [{ name: 'busybox', image: 'busybox', command: ['ls'] }] };
        await create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'busybox', namespace }, spec });
        for (const reason of ['Scheduled', 'Pulled', 'Started']) await shown(namespace, reason);
      }
    });

    test.runIf(hasNode)('a label that comes while it runs makes the Broker', async () => {
      const namespace = 'labelled';
      await create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
      const service = { apiVersion: 'serving.knative.dev/v1alpha1', kind: 'Service', name: 'event-display' };
      await create({
        apiVersion: 'sources.eventing.knative.dev/v1alpha1',
        kind: 'ApiServerSource',
        metadata: { name: 'events', namespace },
        spec: {
          mode: 'Resource',
          resources: [{ apiVersion: 'v1', kind: 'Event' }],
          sink: { apiVersion: 'eventing.knative.dev/v1alpha1', kind: 'Broker', name: 'default' },
        },
      });
      const trigger: KubeObject = {
        apiVersion: 'eventing.knative.dev/v1alpha1',
        kind: 'Trigger',
        metadata: { name: 'show', namespace },
        spec: { subscriber: { ref: service } },
      };
      await create(trigger);
      const message =
        'there is no Broker default in the namespace labelled; kubectl label namespace labelled knative-eventing-injection=enabled makes it';
      await eventually(async () => {
        const found = await story.kube.get(await story.kube.kind(trigger.apiVersion, 'Trigger'), { namespace, name: 'show' });
        return JSON.stringify(found['status'] ?? '').includes(message);
      });

      const label = { metadata: { labels: { 'knative-eventing-injection': 'enabled' } } };
      await story.kube.patch(await story.kube.kind('v1', 'Namespace'), { name: namespace }, label, 'application/merge-patch+json');
      await story.program.seen(/watching {2}events {2}namespace labelled/);
      await note(namespace, 'Labelled');

      await shown(namespace, 'Labelled');
    });
  });
}
