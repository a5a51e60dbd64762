import { busNames } from '../../../eventbus/names.ts';
import { streamSubjects, subjectOf } from '../../../eventbus/subjects.ts';
import type { Adapter } from '../adapter.ts';

/** A case with `input` alone asks for the durable of that name. */
export const jetstreamNames: Adapter = {
  run({ input, sensor = input, eventSource = 'es', event = 'ev' }) {
    const names = busNames({ namespace: 'argo-events', name: 'default', alone: true });
    return {
      stream: names.stream,
      subject: subjectOf(names.stream, { source: eventSource, subject: event }),
      streamSubjects: streamSubjects(names.stream),
      durable: names.durable(sensor),
      kvBucket: names.bucket(sensor),
      kvStream: `KV_${names.bucket(sensor)}`,
    };
  },
};
