import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { makeCertificates } from '../../../../src/cli/local-cluster/tls/certificates.ts';
import type { InterceptorObject } from '../../../../src/dialects/tekton/kinds/interceptor.ts';
import { entryOf, outcomeOf, requestOf } from './world.ts';

test('a server is trusted whose certificate the caBundle vouches for, and no other', async () => {
  const { ca, certificate: cert, key } = makeCertificates(Date.now());
  const server = createServer({ cert, key }, (_, response) => void response.end('{"continue":true}')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const outcome = (authority: string) => {
    const caBundle = Buffer.from(authority).toString('base64');
    const object: InterceptorObject = {
      apiVersion: 'triggers.tekton.dev/v1alpha1',
      kind: 'ClusterInterceptor',
      metadata: { name: 'mine', namespace: '' },
      spec: { clientConfig: { caBundle, url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/` } },
    };
    return outcomeOf([entryOf('mine')], requestOf(), { world: { interceptorOf: () => object } });
  };

  try {
    expect((await outcome(ca)).kind).toBe('passed');
    await expect(outcome(makeCertificates(Date.now()).ca)).rejects.toMatchObject({ code: 'UNREACHABLE_RECEIVER', retry: 'backoff' });
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
