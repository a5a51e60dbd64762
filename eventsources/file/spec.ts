import { z } from 'zod';
import { filterField, metadataField, required } from '../common-fields.ts';

export const fileSpec = z.strictObject({
  eventType: required('type must be specified').describe(
    'What must have happened to a file: `CREATE`, `WRITE`, `REMOVE`, `RENAME` or `CHMOD`. One of them.',
  ),
  watchPathConfig: z
    .strictObject(
      {
        directory: required('directory is required').describe('The absolute path of the folder. What is in its folders is not looked at.'),
        path: z.string().optional().describe('The name of the file.'),
        pathRegexp: z.string().optional().describe('A regular expression (RE2) that may match anywhere in the name of a file.'),
      },
      { error: ({ input }) => (input === undefined ? 'directory is required' : undefined) },
    )
    .describe('Which files.'),
  polling: z
    .boolean()
    .default(false)
    .describe('Looks at the folder ten times a second, for file systems that do not tell of changes, such as those on a network.'),
  metadata: metadataField(),
  filter: filterField(),
});

export type FileSpec = z.output<typeof fileSpec>;
