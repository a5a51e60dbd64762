import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { checkRule } from '../../../src/manifests/check.ts';
import { startListeners } from '../../dialects/tekton/listener-world.ts';
import type { Adapter, Case } from '../adapter.ts';

const template = { spec: { resourcetemplates: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'c-' } }] } };

const listener = ({ triggers = [{ name: 't', template }], ...request }: Case) => ({
  apiVersion: 'triggers.tekton.dev/v1beta1',
  kind: 'EventListener',
  metadata: { name: 'listener', namespace: 'default', uid: 'el-uid', annotations: annotationsOf(request) },
  spec: { triggers },
});

/** The annotation, however a case writes it: by its name, or as its value alone. */
function annotationsOf(request: Case): Record<string, string> {
  const [, written] = Object.entries(request).find(([key]) => /annotation|validation/i.test(key)) ?? [];
  if (written === undefined || written === null) return {};
  return typeof written === 'object' ? written : { 'tekton.dev/payload-validation': String(written) };
}

/** Whether the case is about a listener that is gone while its pod still listens. */
export const isGone = ({ request }: Case): boolean =>
  [request.note, request.situation].some((text) => /\b(?:gone|deleted|not exist|not found)\b/.test(text ?? ''));

/** A real call of a real port. The id of an event is not the one of the case; it is read from the answer. */
export const tektonHttp: Adapter = {
  expected: ({ want }) => want,
  compare: { headers: hasAll },
  async run({ request }) {
    const isSlow = /handler timeout/.test(request.note ?? '');
    const clock = {
      ...systemClock,
      after: (milliseconds: number, callback: () => void) => systemClock.after(isSlow ? 1 : milliseconds, callback),
    };
    const away = async () => {
      throw new EngineError('UNREACHABLE_BUS', { server: 'memory', reason: 'it takes too long' });
    };
    if (!checkRule(listener(request))?.rule) return { status: 'refused when loaded' };
    await using world = await startListeners([listener(request)], {
      clock,
      ...(isSlow ? { around: (bus) => ({ ...bus, publish: away }) } : {}),
    });
    world.kube.refuse = (call) =>
      /403/.test(request.note ?? '') && call.startsWith('POST')
        ? new EngineError('REMOTE_KUBE_FORBIDDEN', { verb: 'create', target: 'ConfigMap', user: 'us', reason: 'no' })
        : undefined;
    const { method = 'POST', path = '/', contentType, headers = {}, body } = request;
    const url = await world.urlOf();
    if (isGone({ request })) {
      await world.workbench.remove(world.workbench.rules().find(({ kind }) => kind === 'EventListener')!);
      return {
        status: await fetch(url, { method: 'POST' }).then(
          ({ status }) => status,
          () => 'nobody listens',
        ),
      };
    }
    const answer = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(contentType ? { 'Content-Type': contentType } : {}), ...headers },
      ...(body === undefined || method === 'GET' ? {} : { body }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      bodyText: text,
      body: parsed(text),
      headers: Object.fromEntries([...answer.headers].map(([name, value]) => [name.toLowerCase(), value])),
    };
  },
};

function hasAll(expected: unknown, got: unknown): boolean {
  const headers = got as Record<string, string>;
  const id = headers['ce-id'] ?? ' ';
  return Object.entries(expected as Record<string, string>).every(
    ([name, value]) => headers[name.toLowerCase()]?.replaceAll(id, '12345') === value,
  );
}

/** The answer of an event with its id as the cases have it. */
function parsed(text: string): unknown {
  try {
    const body = JSON.parse(text) as Record<string, unknown>;
    return 'eventID' in body ? { ...body, eventID: '12345' } : body;
  } catch {
    return text;
  }
}
