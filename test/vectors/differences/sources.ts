import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';

/** Event sources that are no schedules: what they take, and what is checked of them. */
export const sourceDifferences: readonly Difference[] = [
  {
    parts: ['argo/file'],
    when: ({ spec, event }) => spec?.path !== undefined && !spec.directory.endsWith('/') && event.name === `${spec.directory}/${spec.path}`,
    expected: ({ spec, event }) => ({ match: spec.eventType === event.op }),
    because: '1.7 file: a directory without a slash at its end never matches upstream; here it is the same folder',
  },
  {
    parts: ['argo/validation'],
    when: ({ kind, spec }) =>
      kind === 'EventSource' && entriesOf(spec.sqs).some((one) => one.region && one.queue && !(one.accessKey && one.secretKey)),
    expected: () => ({ error: 'accessKey and secretKey must be given: keys of the machine or of a service account are not looked for' }),
    because: '10.2: an entry of sqs without keys cannot run here, and is refused when it is loaded',
  },
];

const entriesOf = (entries: Case = {}): Case[] => Object.values(entries);
