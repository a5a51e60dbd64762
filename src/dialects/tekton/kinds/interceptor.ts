import { z } from 'zod';
import { clusterObject, dialectObject, type Kind } from '../../../core/schema/kind.ts';
import { group } from './group.ts';
import { inSpelling } from './spelling.ts';

const clientConfig = z
  .strictObject({
    caBundle: z
      .string()
      .optional()
      .describe('Certificates of the authority that signed the server, PEM in base64; with it the call is https.'),
    url: z.string().optional().describe('The address that is called.'),
    service: z
      .strictObject({
        name: z.string().optional().describe('The name of the Service.'),
        namespace: z.string().optional().describe('Its namespace.'),
        path: z.string().optional().describe('The path that is called.'),
        port: z.int().optional().describe('The port; 80, or 8443 with a caBundle.'),
      })
      .optional()
      .describe('The Service that is called.'),
  })
  .describe('How it is called.');

const spec = z.strictObject({ clientConfig: clientConfig.default({}) }).describe('A step that events pass, done by a server of its own.');

const version = 'triggers.tekton.dev/v1alpha1';
const schema = dialectObject(version, 'Interceptor', spec);
const clusterSchema = clusterObject(version, 'ClusterInterceptor', spec);

/** An Interceptor or a ClusterInterceptor. */
export type InterceptorObject = z.output<typeof schema> | z.output<typeof clusterSchema>;

const about =
  'A server that is sent each event, with the settings of the step that names it, and answers whether the event goes on and what is added to it.';

export const interceptorKind: Kind<typeof schema> = {
  group,
  version: 'v1alpha1',
  kind: 'Interceptor',
  plural: 'interceptors',
  shortNames: ['ni'],
  hasAddressOfOthers: true,
  summary: 'A step that events pass, for the triggers of a namespace.',
  about,
  schema,
  upgrade: (object) => ({ object: inSpelling(schema, object), findings: [] }),
  check: () => [],
};

export const clusterInterceptorKind: Kind<typeof clusterSchema> = {
  group,
  version: 'v1alpha1',
  kind: 'ClusterInterceptor',
  plural: 'clusterinterceptors',
  shortNames: ['ci'],
  hasAddressOfOthers: true,
  isClusterWide: true,
  summary: 'A step that events pass, for all triggers.',
  about,
  schema: clusterSchema,
  upgrade: (object) => ({ object: inSpelling(clusterSchema, object), findings: [] }),
  check: () => [],
};
