/**
 * Calls over HTTP, as events with the body of Argo Events (`{header, body}`). See `README.md`.
 */
import { z } from 'zod';
import { warning } from '../../src/core/errors/finding.ts';
import { answerCalls } from '../called/answer-calls.ts';
import { calledFields, checkCalled } from '../called/spec.ts';
import { filterField } from '../common-fields.ts';
import { defineEventSource } from '../event-source.ts';
import { takeWebhook } from './take.ts';

export const webhook = defineEventSource({
  type: 'webhook',
  summary: 'Calls over HTTP: whatever is posted becomes an event.',
  stability: 'beta',
  spec: z.strictObject({ ...calledFields, filter: filterField() }),
  examples: [
    { title: 'Whatever is posted to a path', spec: { port: '12000', endpoint: '/orders', method: 'POST' } },
    {
      title: 'Only with a token, and over TLS',
      spec: {
        port: '12443',
        endpoint: '/repo/{name}',
        method: 'PUT',
        authSecret: { name: 'callers', key: 'token' },
        serverCertSecret: { name: 'certificate', key: 'tls.crt' },
        serverKeySecret: { name: 'certificate', key: 'tls.key' },
        maxPayloadSize: 4096,
      },
    },
  ],
  oneOwner: false,
  check(spec) {
    const findings = checkCalled(spec);
    const { method } = spec;
    if (method !== method.toUpperCase() || method === '') {
      const problem =
        method === '' ? 'without a method every call is refused' : `no call has the method ${method}: methods are in capitals`;
      findings.push(
        warning('CONFIG_INVALID', method ? ['method'] : [], { problem }, { hint: `method: ${method.toUpperCase() || 'POST'}` }),
      );
    }
    return findings;
  },
  run: (spec, context) => answerCalls(spec, context, takeWebhook(spec, context)),
});
