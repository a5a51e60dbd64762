import { z } from 'zod';
import { secretKeySelector } from '../../../src/core/access/selectors.ts';
import { s3Fields } from '../../../src/core/aws/s3.ts';

const freeForm = () => z.record(z.string(), z.unknown());

const gitSpec = z.strictObject({
  url: z.string().default('').describe('Where the repository is, as an https, http, ssh or git URL, or as `git@host:path`.'),
  filePath: z.string().default('').describe('The path of the file in the repository.'),
  cloneDirectory: z
    .string()
    .optional()
    .describe(
      'A folder in which what was fetched is kept, so that less is fetched next time. One that lasts as long as the fetching when left out.',
    ),
  branch: z.string().optional().describe('The branch; `master` when left out, as in Argo.'),
  tag: z.string().optional().describe('The tag; counts before `branch`.'),
  ref: z.string().optional().describe('The full name of a reference, such as `refs/pull/7/head`, or a commit; counts before `tag`.'),
  remote: z
    .strictObject({
      name: z.string().optional().describe('Without effect.'),
      urls: z.array(z.string()).default([]).describe('The first one counts instead of `url`.'),
    })
    .optional()
    .describe('Another place of the repository.'),
  creds: z
    .strictObject({
      username: secretKeySelector('The user').optional(),
      password: secretKeySelector('The password or token').optional(),
    })
    .optional()
    .describe('User and password, for http and https.'),
  sshKeySecret: secretKeySelector('The private key, for ssh').optional(),
  githubApp: freeForm().optional().describe('Not supported: use a token as `creds.password`.'),
  insecureIgnoreHostKey: z.boolean().optional().describe('Takes any host key, for ssh. False when left out.'),
});

export type GitSpec = z.output<typeof gitSpec>;

/** Where the object comes from; if several are given, the first in this order counts. */
export const artifactSpec = z
  .strictObject({
    s3: z
      .strictObject({
        ...s3Fields(),
        events: z.array(z.string()).optional().describe('Without effect.'),
        filter: freeForm().optional().describe('Without effect.'),
        metadata: z.record(z.string(), z.string()).optional().describe('Without effect.'),
      })
      .optional()
      .describe('An object of 1 MiB at the most in a bucket, fetched again when it has changed.'),
    inline: z.string().optional().describe('The object as YAML or JSON text.'),
    file: z
      .strictObject({ path: z.string().describe('The path of the file.') })
      .optional()
      .describe('A file of the process that runs the sensor, read again when it has changed.'),
    url: z
      .strictObject({
        path: z.string().describe('The http or https URL.'),
        verifyCert: z.boolean().optional().describe('False takes any certificate. True when left out, other than in Argo.'),
      })
      .optional()
      .describe('A web page of 1 MiB at the most, fetched again when it has changed.'),
    git: gitSpec.optional().describe('A file of 1 MiB at the most in a git repository, fetched again when its commit has changed.'),
    configmap: z
      .strictObject({
        name: z.string().describe('The name of the ConfigMap, in the sensor’s namespace.'),
        key: z.string().describe('The key whose text is the object.'),
        optional: z.boolean().optional().describe('Not used.'),
      })
      .optional()
      .describe('A key of a ConfigMap.'),
    resource: freeForm().optional().describe('The object itself, written here.'),
  })
  .describe('The object that the trigger acts on.');

export type ArtifactSpec = z.output<typeof artifactSpec>;
