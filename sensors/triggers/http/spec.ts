import { z } from 'zod';
import { basicAuthSpec } from '../../../src/core/access/basic-auth.ts';
import { secureHeaderSpec } from '../../../src/core/access/secure-header.ts';
import { tlsSpec } from '../../../src/core/access/tls.ts';
import { parameterSpec, payloadParameterSpec } from '../parameters/spec.ts';

export const methods = ['GET', 'DELETE', 'PATCH', 'POST', 'PUT'] as const;

const noUrl = 'server URL is not specified';

export const httpSpec = z.strictObject({
  url: z.string(noUrl).min(1, noUrl).describe('Where the request goes: an http or https URL.'),
  method: z
    .enum([...methods, ''], { error: 'only GET, DELETE, PATCH, POST and PUT methods are supported' })
    .optional()
    .describe('The method: `GET`, `DELETE`, `PATCH`, `POST` (the default) or `PUT`.'),
  payload: z
    .array(payloadParameterSpec)
    .optional()
    .describe('Values from the events that make up the body; left out, the body is empty. No `Content-Type` is added.'),
  parameters: z.array(parameterSpec).optional().describe('Values from the events, set in this block before it is used.'),
  headers: z.record(z.string(), z.string()).optional().describe('Headers, written as they stand here.'),
  dynamicHeaders: z
    .array(parameterSpec)
    .optional()
    .describe('Values from the events as headers: `dest` is the name. They count before `headers`.'),
  secureHeaders: z.array(secureHeaderSpec).optional().describe('Headers from Secrets and ConfigMaps. They count before `dynamicHeaders`.'),
  basicAuth: basicAuthSpec.optional().describe('User and password, sent as the `Authorization` header, which counts before all others.'),
  host: z.string().optional().describe('What the `Host` header says, where it is not the host of the URL.'),
  tls: tlsSpec.optional(),
  timeout: z.int().optional().describe('Seconds until an attempt is given up; 60 when left out.'),
});

export type HttpSpec = z.output<typeof httpSpec>;
