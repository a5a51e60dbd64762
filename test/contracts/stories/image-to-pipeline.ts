import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { eventually } from '../../support/eventually.ts';
import type { StartStory, Story } from './story.ts';

/** Knative's source sends images to Tekton's listener, which starts a Pipeline with them. */
export function imageToPipelineStory(where: string, start: StartStory): void {
  describe(`image-to-pipeline ${where}`, () => {
    let story: Story;
    beforeAll(async () => {
      story = await start('image-to-pipeline', 'image-eventlistener');
      await story.program.seen(/watching.*images/i);
    }, 90_000);
    afterAll(() => story?.[Symbol.asyncDispose]());

    const images = () => story.kube.kind('image.openshift.io/v1', 'Image');
    const nameOf = (image: string) => `${story.namespace}-${image}`;
    /** The params of the runs for an image, in the order in which they were made. */
    const paramsFor = async (image: string) =>
      (await story.kube.list(await story.kube.kind('tekton.dev/v1beta1', 'PipelineRun'), { namespace: story.namespace })).items
        .filter(({ metadata }) => metadata.name.startsWith('print-image-'))
        .map((run) => (run['spec'] as { params: { name: string; value: string }[] }).params)
        .map((params) => Object.fromEntries(params.map(({ name, value }) => [name, value])))
        .filter((params) => params['image-name'] === nameOf(image));
    const seen = (image: string, count: number) =>
      eventually(async () => ((await paramsFor(image)).length === count ? paramsFor(image) : undefined));
    const told = (image: string, event: string, digest = '1') => ({
      'image-name': nameOf(image),
      'image-reference': `registry.example.com/shop/web@sha256:${digest}`,
      'event-type': `dev.knative.apiserver.resource.${event}`,
    });
    const create = async (image: string) =>
      story.kube.create(await images(), {
        apiVersion: 'image.openshift.io/v1',
        kind: 'Image',
        metadata: { name: nameOf(image) },
        dockerImageReference: 'registry.example.com/shop/web@sha256:1',
      } satisfies KubeObject);

    test('an image that is added, changed and deleted starts a run each time', async () => {
      await create('a');
      expect(await seen('a', 1)).toEqual([told('a', 'add')]);

      await story.kube.patch(
        await images(),
        { name: nameOf('a') },
        { dockerImageReference: 'registry.example.com/shop/web@sha256:2' },
        'application/merge-patch+json',
      );
      expect(await seen('a', 2)).toEqual(expect.arrayContaining([told('a', 'update', '2')]));

      await story.kube.delete(await images(), { name: nameOf('a') });
      expect(await seen('a', 3)).toEqual(expect.arrayContaining([told('a', 'delete', '2')]));
    });

    test('with the line of the page, one that is deleted starts none', async () => {
      const type = await story.kube.kind('triggers.tekton.dev/v1beta1', 'EventListener');
      const filter = "!header.match('Ce-Type', 'dev.knative.apiserver.resource.delete')";
      const listener = await story.kube.get(type, { namespace: story.namespace, name: 'image-eventlistener' });
      const [trigger] = (listener['spec'] as { triggers: object[] }).triggers;
      await story.kube.patch(
        type,
        { namespace: story.namespace, name: 'image-eventlistener' },
        { spec: { triggers: [{ ...trigger, interceptors: [{ cel: { filter } }] }] } },
        'application/merge-patch+json',
      );
      await story.program.seen(/rule changed {2}EventListener/);

      await create('b');
      await seen('b', 1);
      await story.kube.delete(await images(), { name: nameOf('b') });
      await story.program.seen(/interceptor `cel` stopped it/);

      expect(await paramsFor('b')).toEqual([told('b', 'add')]);
    });

    test('people see where the source sends, and that both are ready', async () => {
      const status = async (apiVersion: string, kind: string, name: string) =>
        (await story.kube.get(await story.kube.kind(apiVersion, kind), { namespace: story.namespace, name }))['status'] as {
          readonly sinkUri?: string;
          readonly address?: { readonly url: string };
          readonly conditions?: { readonly type: string; readonly status: string }[];
        };
      const isReady = (one: Awaited<ReturnType<typeof status>>) =>
        one?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');

      const source = await eventually(async () => {
        const found = await status('sources.knative.dev/v1', 'ApiServerSource', 'image-watcher');
        return isReady(found) ? found : undefined;
      });
      expect(source.sinkUri).toMatch(/^http:\/\//);
      const listener = await eventually(async () => {
        const found = await status('triggers.tekton.dev/v1beta1', 'EventListener', 'image-eventlistener');
        return isReady(found) ? found : undefined;
      });
      expect(listener.address?.url).toContain(String(story.port));
    });
  });
}
