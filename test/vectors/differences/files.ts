import type { Difference } from '../differences.ts';

/** The file source. */
export const fileDifferences: readonly Difference[] = [
  {
    parts: ['argo/file'],
    when: ({ spec, event }) => spec?.path !== undefined && !spec.directory.endsWith('/') && event.name === `${spec.directory}/${spec.path}`,
    expected: ({ spec, event }) => ({ match: spec.eventType === event.op }),
    because: '1.7 file: a directory without a slash at its end never matches upstream; here it is the same folder',
  },
];
