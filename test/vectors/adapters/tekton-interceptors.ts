import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { canonicalName } from '../../../src/core/http/call.ts';
import { compileInterceptors } from '../../../src/dialects/tekton/interceptors/compile.ts';
import type { Answer as Given } from '../../../src/dialects/tekton/interceptors/interceptor.ts';
import { ListenerCall } from '../../../src/dialects/tekton/listener/call.ts';
import { asked, interceptorWorld } from '../../dialects/tekton/interceptors/world.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { startReceiver } from '../../support/receiver.ts';
import type { Adapter, Answer, Case } from '../adapter.ts';

const codes: Readonly<Record<number, string>> = { 3: 'InvalidArgument', 5: 'NotFound', 9: 'FailedPrecondition', 13: 'Internal' };

/** One of Tekton's own interceptors, with Secrets at an API server and GitHub's API at a real port. */
export const tektonInterceptors: Adapter = {
  compare: { wantMessage: 'failed' },
  async run(one) {
    const { interceptor: name, params, secrets = {}, githubAPI = [], triggerNamespace: namespace } = one;
    await using github = await startReceiver(({ path }, response) => {
      const page = githubAPI.find((answer: Case) => answer['path'] === '*' || answer['path'] === path.split('?')[0]);
      response.writeHead(page?.status ?? 404).end(page?.body ?? '{}');
    });
    const entry = { ref: { name, kind: 'ClusterInterceptor' as const }, params: paramsOf(params) };
    const { interceptors } = compileInterceptors([entry], interceptorWorld({ githubApi: `${github.url}/api/v3` }));
    await using world = asked(kubeWith(secrets), namespace);
    const request = { call: callOf(one), extensions: {}, triggerId: `namespaces/${namespace}/triggers/t`, eventId: 'e', receivedAt: 0 };
    try {
      const context = await world.context();
      return told(interceptors[0]!.decide(request) ?? (await interceptors[0]!.ask(request, context)));
    } catch (thrown) {
      if (thrown instanceof EngineError) return { wantContinue: false, wantError: thrown.code };
      throw thrown;
    }
  },
};

const paramsOf = (params: Case) => Object.entries(params ?? {}).map(([name, value]) => ({ name, value }));

function callOf({ header, body }: Case): ListenerCall {
  const canonical = Object.entries(header as Record<string, string[]>).map(([name, values]) => [canonicalName(name), values]);
  return new ListenerCall({ url: '/', header: Object.fromEntries(canonical), body });
}

function kubeWith(secrets: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const kube = memoryKube();
  for (const [place, values] of Object.entries(secrets)) {
    const [namespace, name] = place.split('/') as [string, string];
    const data = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));
    kube.put({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, data });
  }
  return kube;
}

function told(answer: Given): Answer {
  if (answer.continue) return { wantContinue: true, wantExtensions: answer.extensions };
  return { wantContinue: false, wantCode: codes[answer.code] ?? answer.code, wantMessage: answer.message };
}
