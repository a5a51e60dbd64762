import type { TriggerContext } from '../../../../sensors/triggers/trigger.ts';
import { Clients } from '../../../../src/core/lifecycle/clients.ts';
import { TestClock } from '../../../support/clock.ts';
import { type MemoryKube, memoryKube } from '../../../support/memory-kube.ts';
import { record } from '../../../support/record.ts';

/** What a trigger of a sensor in "playground" has around it, with an API server of its own. */
export function triggerContext(): TriggerContext & { readonly kube: MemoryKube; readonly clock: TestClock } {
  const firing = { id: 'f', sensor: 'sn', namespace: 'playground', trigger: 't', events: new Map(), orderKey: undefined };
  const signal = new AbortController().signal;
  return { firing, attempt: 1, signal, clock: new TestClock(), kube: memoryKube(), tell: record().tell, clients: new Clients() };
}
