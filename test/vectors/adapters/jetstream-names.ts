import { busNames } from '../../../eventbus/names.ts';
import { streamSubjects, subjectOf } from '../../../eventbus/subjects.ts';
import { argoDurable, argoKey, fnv32a } from '../../../sensors/takeover/argo-names.ts';
import type { Adapter } from '../adapter.ts';

/**
 * What a sensor looks for that takes over from Argo's. Our own durable and bucket have other names, so that both may run beside each other.
 * A case with `input` alone asks for the durable of that text.
 */
export const jetstreamNames: Adapter = {
  run({ input, sensor, trigger, dependency, eventSource, event }) {
    if (input !== undefined) return { fnv32a: String(fnv32a(input)), durable: `group-${fnv32a(input)}` };
    const names = busNames({ namespace: 'argo-events', name: 'default', alone: true });
    return {
      stream: names.stream,
      subject: subjectOf(names.stream, { source: eventSource, subject: event }),
      streamSubjects: streamSubjects(names.stream),
      durable: argoDurable(sensor, trigger, dependency),
      kvBucket: sensor,
      kvStream: `KV_${sensor}`,
      kvKeys: { heldEvent: argoKey(trigger, dependency), expression: argoKey(trigger, 'Expression') },
    };
  },
};
