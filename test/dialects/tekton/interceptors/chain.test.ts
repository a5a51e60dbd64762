import { expect, test } from 'vitest';
import { passes, stops } from '../../../../src/dialects/tekton/interceptors/answer.ts';
import { behindGroup, decideChain, type Passed, runChain } from '../../../../src/dialects/tekton/interceptors/chain.ts';
import { compileInterceptors } from '../../../../src/dialects/tekton/interceptors/compile.ts';
import type { Answer, Interceptor } from '../../../../src/dialects/tekton/interceptors/interceptor.ts';
import { ListenerCall } from '../../../../src/dialects/tekton/listener/call.ts';
import { memoryKube } from '../../../support/memory-kube.ts';
import { asked, entryOf, interceptorWorld, outcomeOf, requestOf } from './world.ts';

/** Answers at once, or when it is asked. */
const step = (name: string, answer: Answer, more: Partial<Interceptor> & { whenAsked?: boolean } = {}): Interceptor => {
  const { whenAsked = false, ...rest } = more;
  return { name, decide: () => (whenAsked ? undefined : answer), ask: async () => answer, ...rest };
};
const later = { whenAsked: true };

test('extensions of those before are merged, and those of later ones win', () => {
  const chain = [step('a', passes({ x: 1, y: { deep: 1 } })), step('b', passes()), step('c', passes({ y: 2 }))];

  expect(decideChain(chain, requestOf())).toMatchObject({ kind: 'passed', extensions: { x: 1, y: 2 } });
});

test('a chain is decided as far as nobody has to be asked, and goes on from there', async () => {
  await using world = asked(memoryKube());
  const seen: unknown[] = [];
  const last = step('c', passes(), {
    decide({ extensions }) {
      seen.push(extensions);
      return passes({ c: 1 });
    },
  });
  const chain = [step('a', passes({ a: 1 })), step('b', passes({ b: 1 }), later), last];

  const decided = decideChain(chain, requestOf());

  expect(decided).toMatchObject({ kind: 'undecided', from: 1, request: { extensions: { a: 1 } }, ifPassed: undefined });
  expect(seen).toEqual([]);
  if (decided.kind !== 'undecided') return;
  expect(await runChain(chain, decided, await world.context())).toMatchObject({ kind: 'passed', extensions: { a: 1, b: 1, c: 1 } });
  expect(seen).toEqual([{ a: 1, b: 1 }]);
});

test('one that adds nothing does not hold up those behind it', () => {
  const check = step('check', passes(), { ...later, addsNothing: true });

  expect(decideChain([check, step('filter', stops(9, 'no'))], requestOf())).toMatchObject({
    kind: 'stopped',
    by: 'filter',
    at: 1,
    code: 9,
    message: 'no',
  });
  expect(decideChain([check, step('overlay', passes({ x: 1 }))], requestOf())).toMatchObject({
    kind: 'undecided',
    from: 0,
    request: { extensions: {} },
    ifPassed: { kind: 'passed', extensions: { x: 1 } },
  });
});

test('a filter behind a signature stops an event before the Secret is read', async () => {
  const entries = [
    entryOf('github', { secretRef: { secretName: 'gone', secretKey: 'token' } }),
    entryOf('cel', { filter: "body.action == 'opened'" }),
  ];
  const request = requestOf({ header: { 'X-Hub-Signature-256': 'sha256=00' }, body: '{"action":"closed"}' });

  await expect(outcomeOf(entries, request)).rejects.toMatchObject({ code: 'CONFIG_SECRET' });
  const { interceptors } = compileInterceptors(entries, interceptorWorld());
  expect(decideChain(interceptors, request)).toMatchObject({ kind: 'stopped', by: 'cel', at: 1 });
});

test('a form of two fields is JSON for whoever is in the chain', () => {
  const body = (text: string, first: Partial<Interceptor> = {}) => {
    const end = decideChain(
      [step('a', passes(), first)],
      requestOf({ header: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: text }),
    ) as Passed;
    return [end.call.body, Buffer.from(end.call.signed).toString()];
  };

  expect(body('b=1&a=x+y&b=2')).toEqual(['{"a":["x y"],"b":["1","2"]}', 'b=1&a=x+y&b=2']);
  expect(body('a=1')).toEqual(['a=1', 'a=1']);
  expect(body('a=1&b=%zz')).toEqual(['a=1&b=%zz', 'a=1&b=%zz']);
  expect(body('a=1&b=2', { takesForms: true })).toEqual(['a=1&b=2', 'a=1&b=2']);
});

test('a trigger of a group begins with its extensions and headers, and with the body as it was sent', () => {
  const sent = requestOf({ header: { Old: '1' }, body: '{"sent":true}' }).call;
  const changed = new ListenerCall({ url: sent.url, header: { New: ['2'] }, body: '{"changed":true}' });

  const start = behindGroup({ kind: 'passed', call: changed, extensions: { x: 1 } }, sent);

  expect({ header: start.call.header, body: start.call.body, extensions: start.extensions }).toEqual({
    header: { New: ['2'] },
    body: '{"sent":true}',
    extensions: { x: 1 },
  });
  expect(behindGroup({ kind: 'passed', call: sent, extensions: {} }, sent).call).toBe(sent);
});
