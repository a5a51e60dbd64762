import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { eventually } from '../../support/eventually.ts';
import { freePort } from '../../support/ports.ts';
import type { StartStory, Story } from './story.ts';

/** What is posted to a listener of Tekton starts a Pipeline. */
export function webhookToPipelineStory(where: string, start: StartStory): void {
  describe(`webhook-to-pipeline ${where}`, () => {
    let story: Story;
    beforeAll(async () => {
      story = await start('webhook-to-pipeline', 'listener');
      await story.program.seen(/listening.*listener/);
    }, 90_000);
    afterAll(() => story?.[Symbol.asyncDispose]());

    const body = { head_commit: { id: 'master' }, repository: { url: 'https://github.com/ncskier/myapp' } };
    const post = (sent: object = body, headers: Record<string, string> = {}, port = story.port, query = '') =>
      fetch(`http://127.0.0.1:${port}/${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(sent),
      });
    const runsOf = async (eventID: string) => {
      const type = await story.kube.kind('tekton.dev/v1beta1', 'PipelineRun');
      const labelSelector = `triggers.tekton.dev/triggers-eventid=${eventID}`;
      return (await story.kube.list(type, { namespace: story.namespace, labelSelector })).items;
    };
    const runOf = (eventID: string) => eventually(async () => (await runsOf(eventID))[0]);
    const make = async (kind: string, name: string, spec: object) =>
      story.kube.create(await story.kube.kind('triggers.tekton.dev/v1beta1', kind), {
        apiVersion: 'triggers.tekton.dev/v1beta1',
        kind,
        metadata: { name, namespace: story.namespace },
        spec,
      } as unknown as KubeObject);
    const listening = (servicePort: number, binding = 'push-binding') => ({
      triggers: [{ name: 'push', bindings: [{ ref: binding }], template: { ref: 'build-template' } }],
      resources: { kubernetesResource: { servicePort } },
    });

    test('the call of the page is accepted, and its run is there', async () => {
      const answer = await post();

      expect(answer.status).toBe(202);
      const { eventListener, namespace, eventListenerUID, eventID } = (await answer.json()) as Record<string, string>;
      expect({ eventListener, namespace }).toEqual({ eventListener: 'listener', namespace: story.namespace });
      expect(eventListenerUID).toMatch(/^[\da-f-]{36}$/);
      const run = await runOf(eventID!);
      expect(run.metadata.name).toMatch(/^build-[\da-f]{10}$/);
      expect(run.metadata.annotations).toMatchObject({ 'example.com/pushed-by': 'somebody' });
      expect(run.metadata.labels).toMatchObject({ 'triggers.tekton.dev/eventlistener': 'listener', 'triggers.tekton.dev/trigger': 'push' });
      expect(run['spec']).toMatchObject({
        serviceAccountName: 'builder',
        pipelineRef: { name: 'build' },
        params: [
          { name: 'revision', value: 'master' },
          { name: 'url', value: 'https://github.com/ncskier/myapp' },
        ],
        workspaces: [
          { name: 'source', volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } },
          { name: 'cache', emptyDir: {} },
        ],
      });
    });

    test('a delivery that comes twice starts one run', async () => {
      const again = () => post(body, { 'x-github-delivery': `d-${story.namespace}` }, story.port, '?wait=10s');
      const first = (await (await again()).json()) as { eventID: string; triggers: { outcome: string }[] };
      const second = (await (await again()).json()) as { eventID: string; repeated: boolean };

      expect(first.triggers).toMatchObject([{ trigger: 'push', outcome: 'done' }]);
      expect(second).toMatchObject({ eventID: first.eventID, repeated: true });
      expect(await runsOf(first.eventID)).toHaveLength(1);
    });

    test('text with quotes, line feeds and variables in it stays text', async () => {
      const odd = `a "b"\n$(params.url) $(tt.params.git-url) \\`;
      const answer = await post({ ...body, pusher: { name: odd } });

      const { eventID } = (await answer.json()) as { eventID: string };
      expect((await runOf(eventID)).metadata.annotations?.['example.com/pushed-by']).toBe(odd.replaceAll('$(', '$$$('));
    });

    test('a body that is no JSON is refused with its reason', async () => {
      const answer = await fetch(`http://127.0.0.1:${story.port}/`, { method: 'POST', body: '<push/>' });

      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({
        errorMessage: "Invalid event body format : invalid character '<' looking for beginning of value",
      });
    });

    test('a second listener has a port of its own, and one that wants the same is told so', async () => {
      const port = await freePort();
      await make('EventListener', 'second', listening(port));
      const answer = await eventually(async () => (await post(body, {}, port)).json());
      const { eventListener, eventID } = answer as Record<string, string>;
      expect(eventListener).toBe('second');
      await runOf(eventID!);

      await make('EventListener', 'third', listening(port));
      await story.program.seen(new RegExp(`second[^\\n]*has[^\\n]* of port ${port}`));
    });

    test('an event that needs a binding which is not there waits for it', async () => {
      const port = await freePort();
      await make('EventListener', 'early', listening(port, 'late-binding'));
      const answer = await eventually(async () => (await post(body, {}, port)).json());
      const { eventID } = answer as { eventID: string };
      await story.program.seen(/there is no TriggerBinding [^\n]*late-binding/);
      expect(await runsOf(eventID)).toEqual([]);

      await make('TriggerBinding', 'late-binding', {
        params: [
          { name: 'git-url', value: '$(body.repository.url)' },
          { name: 'git-revision', value: 'late' },
        ],
      });

      expect((await runOf(eventID))['spec']).toMatchObject({ params: [{ value: 'late' }, { value: body.repository.url }] });
    });
  });
}
