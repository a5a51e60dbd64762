import { expect, test } from 'vitest';
import { decideChain } from '../../../../src/dialects/tekton/interceptors/chain.ts';
import { compileInterceptors } from '../../../../src/dialects/tekton/interceptors/compile.ts';
import { entryOf, interceptorWorld, outcomeOf, requestOf, secretRef } from './world.ts';

const hook = (header: Record<string, string>) =>
  requestOf({
    header: { 'Content-Type': 'application/json', ...header },
    body: '{"object_kind":"push","ref":"refs/heads/main","project":{"path_with_namespace":"group/app"}}',
  });

const entries = [entryOf('gitlab', { secretRef: secretRef('token'), eventTypes: ['Push Hook'] })];
const secrets = { token: 's3cret' };

test('a hook with its token passes', async () => {
  const outcome = await outcomeOf(entries, hook({ 'X-Gitlab-Event': 'Push Hook', 'X-Gitlab-Token': 's3cret' }), { secrets });

  expect(outcome).toMatchObject({ kind: 'passed', extensions: {} });
});

test.each([
  [{ 'X-Gitlab-Token': 's3cre' }, 3, 'the token in X-Gitlab-Token is not the secret access.token'],
  [{}, 3, 'there is no header X-Gitlab-Token, so nobody knows who has sent this'],
  [{ 'X-Gitlab-Event': 'Tag Push Hook' }, 9, 'X-Gitlab-Event is `Tag Push Hook`, and only `Push Hook` is let through'],
])('a hook with %j is stopped', async (header, code, message) => {
  const outcome = await outcomeOf(entries, hook({ 'X-Gitlab-Event': 'Push Hook', ...header }), { secrets });

  expect(outcome).toMatchObject({ kind: 'stopped', by: 'gitlab', at: 0, code, message });
});

test('without a secret nobody has to be asked', () => {
  const { interceptors } = compileInterceptors([entryOf('gitlab', { eventTypes: ['Push Hook'] })], interceptorWorld());

  expect(decideChain(interceptors, hook({ 'X-Gitlab-Event': 'Push Hook' })).kind).toBe('passed');
  expect(decideChain(interceptors, hook({})).kind).toBe('stopped');
});
