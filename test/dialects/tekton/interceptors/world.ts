import type { Kube } from '../../../../src/core/kube/kube.ts';
import { Clients } from '../../../../src/core/lifecycle/clients.ts';
import { type Clock, systemClock } from '../../../../src/core/time/clock.ts';
import type { InterceptorWorld } from '../../../../src/dialects/tekton/interceptors/compile.ts';
import { interceptorContext } from '../../../../src/dialects/tekton/interceptors/context.ts';
import type { InterceptorRequest } from '../../../../src/dialects/tekton/interceptors/interceptor.ts';
import { ListenerCall } from '../../../../src/dialects/tekton/listener/call.ts';

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
