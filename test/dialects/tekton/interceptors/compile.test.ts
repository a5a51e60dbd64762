import { expect, test } from 'vitest';
import { compileInterceptors, type InterceptorWorld } from '../../../../src/dialects/tekton/interceptors/compile.ts';
import type { InterceptorObject } from '../../../../src/dialects/tekton/kinds/interceptor.ts';
import type { InterceptorEntry } from '../../../../src/dialects/tekton/kinds/interceptor-spec.ts';
import { startReceiver } from '../../../support/receiver.ts';
import { entryOf, interceptorWorld, outcomeOf, requestOf } from './world.ts';

const object = (name: string, clientConfig: InterceptorObject['spec']['clientConfig'], namespace = ''): InterceptorObject =>
  ({
    apiVersion: 'triggers.tekton.dev/v1alpha1',
    kind: namespace ? 'Interceptor' : 'ClusterInterceptor',
    metadata: { name, namespace },
    spec: { clientConfig },
  }) as InterceptorObject;

const holding = (...objects: InterceptorObject[]): Pick<InterceptorWorld, 'interceptorOf'> => ({
  interceptorOf: (kind, namespace, name) =>
    objects.find((one) => one.kind === kind && one.metadata.namespace === namespace && one.metadata.name === name),
});

const ofNamespace = (name: string): InterceptorEntry => ({ ref: { name, kind: 'NamespacedInterceptor' } });

const tektons = (path: string) => ({
  caBundle: 'LS0t',
  service: { name: 'tekton-triggers-core-interceptors', namespace: 'tekton-pipelines', path, port: 8443 },
});

test.each(['bitbucket', 'cel', 'github', 'gitlab', 'slack'])(
  '%s runs in this process, without an object and with the one of Tekton',
  (name) => {
    for (const world of [{}, holding(object(name, tektons(name)))]) {
      const { interceptors } = compileInterceptors([entryOf(name)], interceptorWorld(world));

      expect(interceptors.map((one) => [one.name, one.decide(requestOf()) !== undefined])).toEqual([[name, true]]);
    }
  },
);

test('an object of another name that leads to one of them is that one', () => {
  const world = holding(object('checks', tektons('cel')), object('ours', tektons('cel'), 'playground'));
  const { interceptors } = compileInterceptors([entryOf('checks'), ofNamespace('ours')], interceptorWorld(world));

  expect(interceptors.map(({ name }) => name)).toEqual(['cel', 'cel']);
});

test('a server of that name that somebody else runs is asked', async () => {
  await using receiver = await startReceiver((_, response) => void response.end('{"continue":true,"extensions":{"theirs":true}}'));

  const outcome = await outcomeOf([entryOf('github')], requestOf(), { world: holding(object('github', { url: receiver.url })) });

  expect(outcome).toMatchObject({ kind: 'passed', extensions: { theirs: true } });
});

test('an Interceptor is looked for in the namespace of the listener', async () => {
  await using receiver = await startReceiver((_, response) => void response.end('{"continue":true}'));
  const world = { ...holding(object('mine', { url: receiver.url }, 'listeners')), listenerNamespace: 'listeners' };

  expect((await outcomeOf([ofNamespace('mine')], requestOf(), { world })).kind).toBe('passed');
});

test.each([
  [entryOf('mine'), {}, 'there is no ClusterInterceptor mine'],
  [ofNamespace('cel'), {}, 'there is no Interceptor playground/cel'],
  [entryOf('mine'), holding(object('mine', {})), 'there is no address in the ClusterInterceptor mine'],
  [{ webhook: {} }, {}, 'there is no address in this webhook'],
])('what is not there yet is waited for: %j', async (entry, world, message) => {
  await expect(outcomeOf([entry], requestOf(), { world })).rejects.toMatchObject({ code: 'CONFIG_ABSENT', message, retry: 'backoff' });
});

test('what is to be said of an expression is said at its place', () => {
  const { findings } = compileInterceptors([entryOf('github'), entryOf('cel', { overlays: [], filter: 'body.a ==' })], interceptorWorld());

  expect(findings).toMatchObject([{ severity: 'error', path: [1, 'params', 1, 'value'], code: 'CONFIG_CEL' }]);
});

test('legacy webhooks are called at the Service that they name', async () => {
  await using receiver = await startReceiver();
  const objectRef = { kind: 'Service', apiVersion: 'v1', name: 'validate' };
  const sinkOf = (namespace: string, name: string) => (`${namespace}/${name}` === 'team/validate' ? receiver.url : undefined);

  const outcome = await outcomeOf([{ webhook: { objectRef } }], requestOf(), { world: { triggerNamespace: 'team', sinkOf } });

  expect(outcome).toMatchObject({ kind: 'passed', call: { body: 'ok' } });
});
