/** CEL on a parsed call: what a filter of a Tekton listener asks of it, next to the evaluator of `@bufbuild/cel`. */
import { CelScalar, celEnv, celMethod, isCelList, mapType, parse, plan } from '@bufbuild/cel';
import { compileCel } from '../src/core/cel/index.ts';
import { canonicalName } from '../src/core/http/call.ts';
import { celInterceptor } from '../src/dialects/tekton/interceptors/cel/index.ts';
import { celOfTekton } from '../src/dialects/tekton/interceptors/cel/params.ts';
import { ListenerCall } from '../src/dialects/tekton/listener/call.ts';
import { measure, printTable, type Row } from './measure.ts';
import { serviceEvent } from './service-event.ts';

const body = { action: 'opened', ref: 'refs/heads/main', labels: [{ name: 'bug' }, { name: 'urgent' }], object: serviceEvent };
const header = { 'Content-Type': ['application/json'], 'X-Github-Event': ['push'], 'X-Github-Delivery': ['1f0c3a'] };
const text = JSON.stringify(body);
const input = { body, header, extensions: {}, requestURL: '/' };

const simple = "body.action == 'opened' && header.match('X-GitHub-Event', 'push')";
const fields = "body.action in ['opened', 'reopened'] && body.ref.startsWith('refs/heads/') && has(body.object)";
const heavy = "body.labels.exists(l, l.name == 'urgent') && body.ref.matches('^refs/heads/(main|release-[0-9]+)$')";
const missing = "body.pull_request.merged == true && body.action == 'closed'";

const match = celMethod(
  'match',
  mapType(CelScalar.STRING, CelScalar.DYN),
  [CelScalar.STRING, CelScalar.STRING],
  CelScalar.BOOL,
  function (name, value) {
    const values = this.get(canonicalName(name));
    return isCelList(values) && values.get(0) === value;
  },
);
const theirs = plan(celEnv({ funcs: [match] }), parse(simple));

export function cel(): Row[] {
  const ours = (expression: string) => {
    const program = compileCel(expression, celOfTekton);
    return () => program.evaluate(input);
  };
  const call = new ListenerCall({ url: '/', header, body: text });
  const request = { call, extensions: {}, triggerId: 'namespaces/x/triggers/x', eventId: 'x', receivedAt: 0 };
  const stopping = Array.from({ length: 1000 }, (_, index) => celInterceptor({ filter: `${simple} && body.object.spec.n == ${index}.5` }));

  return measure([
    { what: '@bufbuild/cel, a field and a header', run: () => theirs({ body, header } as never) },
    { what: 'a field and a header', run: ours(simple), against: '@bufbuild/cel, a field and a header' },
    { what: 'three fields and a list', run: ours(fields) },
    { what: 'a loop and a pattern', run: ours(heavy) },
    { what: 'a field that is missing', run: ours(missing) },
    { what: 'JSON.parse of the body', run: () => JSON.parse(text) },
    {
      what: '1,000 interceptors that stop one call',
      run: () => stopping.filter(({ interceptor }) => interceptor.decide(request)?.continue).length,
    },
    {
      what: 'the same, each asked why',
      run: () => stopping.map(({ interceptor }) => (interceptor.decide(request) as { message: string }).message).length,
    },
    { what: 'compiling a field and a header', run: () => compileCel(simple, celOfTekton) },
  ]);
}

if (import.meta.url === `file://${process.argv[1]}`) printTable(`CEL, a body of ${text.length} characters`, cel());
