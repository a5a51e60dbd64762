import { z } from 'zod';
import { secretKeySelector } from '../../src/core/access/selectors.ts';
import { error, type Finding, under, warning } from '../../src/core/errors/finding.ts';
import { fromUnknown } from '../../src/core/errors/from-unknown.ts';
import { pathPattern } from '../../src/core/http/path-pattern.ts';
import { metadataField, required } from '../common-fields.ts';

/** Where and how a source is called: Argo's webhook context, which ten types share. */
export const calledFields = {
  endpoint: required("endpoint can't be empty").describe(
    'The path that is called, e.g. `/push`. A segment in braces, as in `/repo/{name}`, stands for any one segment.',
  ),
  port: z
    .string({ error: portProblem })
    .min(1, "port can't be empty")
    .describe('The port to listen on, in quotes. Several entries may share one.'),
  method: z.string().default('').describe('The only method that is taken, in capitals. Types other than `webhook` take any.'),
  url: z
    .string()
    .optional()
    .describe('How the world reaches us, without the endpoint. Only types that register themselves with a provider use it.'),
  serverCertSecret: secretKeySelector('The certificate, for TLS on this port').optional(),
  serverKeySecret: secretKeySelector('The private key of the certificate').optional(),
  authSecret: secretKeySelector('A token that callers send as `Authorization: Bearer …`').optional(),
  maxPayloadSize: z
    .int()
    .positive()
    .default(1024 * 1024)
    .describe('The most bytes that a body may have; 1 MiB when left out.'),
  metadata: metadataField(),
};

function portProblem({ input }: { input?: unknown }): string {
  if (input === undefined || input === null) return "port can't be empty";
  return `port is text, so write it in quotes: "${input}"`;
}

const calledSpec = z.strictObject(calledFields);

/** The block `webhook` of a type that is called. */
export const calledField = () => {
  const { metadata, ...fields } = calledFields;
  const unused = metadata.describe('Without effect, as in Argo: write `metadata` beside `webhook`.');
  return z
    .strictObject(
      { ...fields, metadata: unused },
      { error: ({ input }) => (input === undefined ? 'webhook says where it is called, and is missing' : undefined) },
    )
    .describe('Where it is called.');
};

export type CalledSpec = z.output<typeof calledSpec>;

/** What the schema cannot say; paths are relative to the block. */
export function checkCalled({ endpoint, port, serverCertSecret, serverKeySecret }: CalledSpec): Finding[] {
  const findings: Finding[] = [];
  if (!/^[+-]?\d+$/.test(port)) {
    const problem = `failed to parse server port ${port}. err: strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`;
    findings.push(error('CONFIG_INVALID', ['port'], { problem }));
  } else if (Number(port) < 0 || Number(port) > 65535) {
    findings.push(error('CONFIG_INVALID', ['port'], { problem: `there is no port ${port}; ports go from 1 to 65535` }));
  }
  if (!endpoint.startsWith('/')) {
    const hint = `endpoint: /${endpoint}`;
    findings.push(
      warning('CONFIG_INVALID', ['endpoint'], { problem: 'a path begins with a slash, so this one is never called' }, { hint }),
    );
  }
  if (endpoint === '/health')
    findings.push(
      warning('CONFIG_INVALID', ['endpoint'], { problem: '/health answers for every port by itself, so this one is never called' }),
    );
  if (Boolean(serverCertSecret) !== Boolean(serverKeySecret)) {
    const problem = 'TLS needs both serverCertSecret and serverKeySecret';
    findings.push(error('CONFIG_INVALID', [serverCertSecret ? 'serverCertSecret' : 'serverKeySecret'], { problem }));
  }
  return [...findings, ...checkPattern(endpoint)];
}

function checkPattern(endpoint: string): Finding[] {
  try {
    pathPattern(endpoint);
    return [];
  } catch (thrown) {
    const { code, fields } = fromUnknown(thrown);
    return [error(code, ['endpoint'], fields)];
  }
}

/** The findings of a block under `webhook`. */
export const checkCalledBlock = (webhook: CalledSpec): Finding[] => under('webhook', checkCalled(webhook));
