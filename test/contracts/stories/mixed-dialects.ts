import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import type { StartStory, Story } from './story.ts';

/** One event through the rules of Tekton, Argo and Knative. */
export function mixedDialectsStory(where: string, start: StartStory): void {
  describe(`mixed-dialects ${where}`, () => {
    let story: Story;
    beforeAll(async () => {
      story = await start('mixed-dialects', 'github');
      await Promise.all([
        story.program.seen(/listening.*github/),
        story.program.seen(/watching.*images/i),
        story.program.seen(/watching.*pipelineruns/i),
      ]);
    }, 90_000);
    afterAll(() => story?.[Symbol.asyncDispose]());

    const push = (ref: string, id: string, event = 'push') =>
      fetch(`http://127.0.0.1:${story.port}/?wait=10s`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-github-event': event },
        body: JSON.stringify({
          ref,
          head_commit: { id, author: { name: 'Ada' } },
          repository: { clone_url: 'https://github.com/example/web.git' },
        }),
      });
    const image = async (commit: string) =>
      story.kube.create(await story.kube.kind('image.openshift.io/v1', 'Image'), {
        apiVersion: 'image.openshift.io/v1',
        kind: 'Image',
        metadata: { name: `${story.namespace}-${commit}`, labels: { commit } },
        dockerImageReference: `registry.example.com/web@sha256:${commit}`,
      });
    const runs = async (prefix: string) =>
      (await story.kube.list(await story.kube.kind('tekton.dev/v1', 'PipelineRun'), { namespace: story.namespace })).items.filter(
        ({ metadata }) => metadata.name.startsWith(prefix),
      );

    test('a push starts a build, and with its image a release, which is shown', async () => {
      const answer = await push('refs/heads/main', '1a2b3c4d5e6f');
      expect(answer.status).toBe(202);
      const [build] = await eventually(async () => ((await runs('build-')).length > 0 ? runs('build-') : undefined));
      expect(build!['spec']).toEqual({
        pipelineRef: { name: 'build' },
        params: [
          { name: 'repository', value: 'https://github.com/example/web.git' },
          { name: 'commit', value: '1a2b3c4' },
        ],
      });
      await image('9f8e7d6');
      await image('1a2b3c4');

      const [release, ...more] = await eventually(async () => ((await runs('release-')).length > 0 ? runs('release-') : undefined));
      expect(more).toEqual([]);
      expect(release!['spec']).toMatchObject({
        params: [
          { name: 'image', value: 'registry.example.com/web@sha256:1a2b3c4' },
          { name: 'author', value: 'Ada' },
        ],
      });
      const shown = await story.shown.seen(
        /cloudevents\.Event\nContext Attributes,\n[^☁]*dev\.knative\.apiserver\.resource\.add\n[^☁]*Data,/,
      );
      expect(shown[0]).toContain(`  name: ${release!.metadata.name}\n`);
    });

    test('what is no push to main stops at the interceptor', async () => {
      const answers = [await push('refs/heads/topic', 'aaaaaaaaaaaa'), await push('refs/heads/main', 'bbbbbbbbbbbb', 'ping')];

      const outcomes = await Promise.all(
        answers.map(async (one) => ((await one.json()) as { triggers: { message: string }[] }).triggers[0]?.message),
      );
      expect(outcomes[0]).toBe(
        'interceptor `cel` stopped it: body.ref is "refs/heads/topic", and body.ref == \'refs/heads/main\' is wanted',
      );
      expect(outcomes[1]).toMatch(/^interceptor `cel` stopped it: /);
      expect(await runs('build-')).toHaveLength(1);
    });

    test('why tells the whole way', async () => {
      const [release] = await runs('release-');
      const [build] = await runs('build-');

      /** Decisions are written a moment after they are made. */
      const told = (name: string, what: RegExp) =>
        eventually(async () => {
          const said = await story.why(name);
          if (!what.test(said)) throw new Error(`${what} was not told in:\n${said}`);
          return true;
        }, 40_000);
      await told('github', new RegExp(`trigger push +fired: created PipelineRun ${story.namespace}/${build!.metadata.name} `));
      await told('release', new RegExp(`trigger release +fired: started PipelineRun ${story.namespace}/${release!.metadata.name} `));
      await told('default', /trigger show-releases +fired: deliver to /);
    }, 130_000);
  });
}
