import { runChain } from '../../../src/dialects/tekton/interceptors/chain.ts';
import { compileInterceptors } from '../../../src/dialects/tekton/interceptors/compile.ts';
import { interceptorUrl, webhookUrl } from '../../../src/dialects/tekton/interceptors/http/url.ts';
import { sentHeaders, withExtensions } from '../../../src/dialects/tekton/interceptors/http/webhook.ts';
import type { InterceptorEntry } from '../../../src/dialects/tekton/kinds/interceptor-spec.ts';
import { ListenerCall } from '../../../src/dialects/tekton/listener/call.ts';
import { asked, interceptorWorld, requestOf } from '../../dialects/tekton/interceptors/world.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { type Received, startReceiver } from '../../support/receiver.ts';
import { type Adapter, type Answer, attempt, type Case } from '../adapter.ts';

const nowhere = () => undefined;

/** Where interceptors are called and what they are sent; a chain is real, with a server at a real port. */
export const tektonInterceptorCalls: Adapter = {
  compare: { wantError: 'failed', want: holds, wantHeader: holds },
  async run(one) {
    if (one.scenario) return { want: await played(one.scenario) };
    if (one.interceptor) return address(interceptorUrl(objectOf(one.interceptor), nowhere));
    if (one.webhook) return address(webhookUrl(one.webhook, one.triggerNamespace, nowhere));
    if (one.extensions) {
      const { value, error } = await attempt(() => withExtensions(one.body, one.extensions));
      return { wantBodySent: value === undefined ? undefined : JSON.parse(value), wantError: error };
    }
    const call = new ListenerCall({ url: '/', header: one.incomingHeader, body: '' });
    return { wantHeader: sentHeaders(call, one.webhookHeader) };
  },
};

const address = (url: string | undefined): Answer => ({ wantURL: url, wantError: url === undefined ? 'it has no address' : null });

const objectOf = ({ clientConfig, status }: Case) => ({
  apiVersion: 'triggers.tekton.dev/v1alpha1' as const,
  kind: 'ClusterInterceptor' as const,
  metadata: { name: 'mine', namespace: '' },
  spec: { clientConfig },
  ...(status ? { status } : {}),
});

/** What is wanted of it is there. */
function holds(expected: unknown, got: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return expected === got;
  const inner = (got ?? {}) as Record<string, unknown>;
  return Object.entries(expected).every(([name, value]) => holds(value, inner[name]));
}

/** Plays a chain that is told in words: "cel overlay x=body.y; webhook echo; slack (by ref)". */
async function played({ interceptors, body, rawBody, contentType = 'application/json' }: Case): Promise<Answer> {
  const steps: string[] = interceptors.split(/[;,]\s*/);
  const received: Received[] = [];
  await using server = await startReceiver((call, response) => {
    received.push(call);
    const status = Number(/answers (\d+)/.exec(steps[received.length - 1] ?? '')?.[1] ?? 200);
    const isCounting = /^webhook$/.test(steps[0]!) && rawBody === undefined;
    if (call.headers['Content-Type'] === 'application/json' && call.path === '/protocol') response.end('{"continue":true}');
    else if (isCounting) counted(call, response);
    else response.writeHead(status).end(call.body);
  });
  const object = objectOf({ clientConfig: { url: `${server.url}/protocol` } });
  const { interceptors: chain } = compileInterceptors(
    steps.map((step) => entryOf(step, server.url)),
    interceptorWorld({ interceptorOf: (_, __, name) => (name === 'slack' ? object : undefined) }),
  );
  await using world = asked(memoryKube());
  const request = requestOf({ header: { 'Content-Type': contentType }, body: rawBody ?? JSON.stringify(body) });
  const { value: end, error } = await attempt(async () => runChain(chain, request, await world.context()));
  return {
    error: error !== null || end?.kind === 'stopped',
    ...(end?.kind === 'passed' ? { body: jsonOf(end.call.body), header: end.call.header, extensions: end.extensions } : {}),
    webhookReceives: received[0]?.body,
    interceptorRequestBody: jsonOf((jsonOf(received[0]?.body) as Case | undefined)?.['body']),
  };
}

/** Adds 1 to `i`, and the new value to the header Foo. */
function counted({ body, headers }: Received, response: import('node:http').ServerResponse): void {
  const i = (JSON.parse(body).i ?? 0) + 1;
  response.setHeader('Foo', [...(headers['Foo'] ? [headers['Foo']] : []), `${i}`]).end(JSON.stringify({ ...JSON.parse(body), i }));
}

function entryOf(step: string, url: string): InterceptorEntry {
  const [, kind, rest = ''] = /^(\w+)\s*(.*)$/.exec(step)!;
  if (kind === 'webhook') return { webhook: { url } };
  const ref = { name: kind!, kind: 'ClusterInterceptor' as const };
  const [, key, expression] = /^overlay (\w+)=(.*)$/.exec(rest) ?? [];
  if (key) return { ref, params: [{ name: 'overlays', value: [{ key, expression }] }] };
  const paths = /^filter on (.*)$/.exec(rest)?.[1]?.split(' and ');
  return paths ? { ref, params: [{ name: 'filter', value: paths.map((path) => `${path} != ''`).join(' && ') }] } : { ref };
}

function jsonOf(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
