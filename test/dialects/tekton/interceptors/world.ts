import type { Kube } from '../../../../src/core/kube/kube.ts';
import { Clients } from '../../../../src/core/lifecycle/clients.ts';
import { type Clock, systemClock } from '../../../../src/core/time/clock.ts';
import { runChain } from '../../../../src/dialects/tekton/interceptors/chain.ts';
import { compileInterceptors, type InterceptorWorld } from '../../../../src/dialects/tekton/interceptors/compile.ts';
import { interceptorContext } from '../../../../src/dialects/tekton/interceptors/context.ts';
import type { InterceptorRequest } from '../../../../src/dialects/tekton/interceptors/interceptor.ts';
import type { InterceptorEntry } from '../../../../src/dialects/tekton/kinds/interceptor-spec.ts';
import { ListenerCall } from '../../../../src/dialects/tekton/listener/call.ts';
import { kubeWithSecret } from '../../../support/secrets.ts';

/** Nothing is there but what is given. */
export const interceptorWorld = (given: Partial<InterceptorWorld> = {}): InterceptorWorld => ({
  listenerNamespace: 'playground',
  triggerNamespace: 'playground',
  interceptorOf: () => undefined,
  sinkOf: () => undefined,
  ...given,
});

/** What interceptors are asked with, and their connections. */
export function asked(kube: Kube, namespace = 'playground', clock: Clock = systemClock) {
  const clients = new Clients();
  const signal = new AbortController().signal;
  return {
    context: () => interceptorContext(namespace, { clients, kube, clock, signal }),
    [Symbol.asyncDispose]: () => clients[Symbol.asyncDispose](),
  };
}

/** A call for a trigger of the playground. */
export function requestOf({
  header = {},
  body = '{}',
  bytes,
  ...more
}: {
  header?: Record<string, string | string[]>;
  body?: string;
  bytes?: Uint8Array;
} & Partial<InterceptorRequest> = {}): InterceptorRequest {
  const lists = Object.fromEntries(Object.entries(header).map(([name, value]) => [name, [value].flat()]));
  return {
    call: new ListenerCall({ url: '/hooks?from=test', header: lists, body, bytes }),
    extensions: {},
    triggerId: 'namespaces/playground/triggers/build',
    eventId: 'e1',
    receivedAt: Date.parse('2026-07-18T12:00:00Z'),
    ...more,
  };
}

/** The interceptor of that name, as an entry has it. */
export const entryOf = (name: string, params: Readonly<Record<string, unknown>> = {}): InterceptorEntry => ({
  ref: { name, kind: 'ClusterInterceptor' },
  params: Object.entries(params).map(([name, value]) => ({ name, value })),
});

/** What becomes of a request behind these interceptors, whose world has a Secret "access" with these values. */
export async function outcomeOf(
  entries: readonly InterceptorEntry[],
  request: InterceptorRequest,
  { secrets = {}, world = {} }: { secrets?: Readonly<Record<string, string>>; world?: Partial<InterceptorWorld> } = {},
) {
  await using around = asked(kubeWithSecret(secrets));
  return await runChain(compileInterceptors(entries, interceptorWorld(world)).interceptors, request, await around.context());
}

/** How references of interceptors name a key of that Secret. */
export const secretRef = (secretKey: string) => ({ secretName: 'access', secretKey });
