import { z } from 'zod';
import { secretKeySelector } from '../../../src/core/access/selectors.ts';
import { parameterSpec, payloadParameterSpec } from '../parameters/spec.ts';

const noUrl = 'custom trigger gRPC server url is not defined';

export const customSpec = z.strictObject({
  serverURL: z.string(noUrl).min(1, noUrl).describe('The gRPC server, as `host:port`.'),
  secure: z.boolean().optional().describe('True: speaks TLS, with a `certSecret`.'),
  certSecret: secretKeySelector('The certificate of the server, or of who vouches for it').optional(),
  serverNameOverride: z.string().optional().describe('The name in the certificate, where it is not that of `serverURL`.'),
  spec: z
    .record(z.string(), z.string(), "trigger body can't be empty")
    .describe('What the server is told of what it shall do; it gets this as YAML.'),
  parameters: z
    .array(parameterSpec)
    .optional()
    .describe('Values from the events, set in the resource that the server gave, which must be JSON.'),
  payload: z
    .array(payloadParameterSpec)
    .optional()
    .describe('Values from the events that make up what the server gets beside the resource.'),
});

export type CustomSpec = z.output<typeof customSpec>;
