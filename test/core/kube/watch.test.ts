import type { ServerResponse } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { openKube } from '../../../src/core/kube/client.ts';
import type { Kube, ResourceType, Unfolding } from '../../../src/core/kube/kube.ts';
import type { Limits } from '../../../src/core/kube/transport.ts';
import { type WatchSelection, watchResources } from '../../../src/core/kube/watch.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { record } from '../../support/record.ts';
import { tokenConfig } from '../../support/token-config.ts';
import { type Asked, json, refuse, type Stub, startStub } from './stub.ts';

const pods: ResourceType = { group: '', version: 'v1', resource: 'pods', kind: 'Pod', namespaced: true };
const pod = (name: string, resourceVersion: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, resourceVersion } });
const line = (type: string, object: unknown) => `${JSON.stringify({ type, object })}\n`;
const bookmark = (resourceVersion: string) => line('BOOKMARK', { kind: 'Pod', metadata: { resourceVersion } });

/** A clock whose sleeps end at once, and that remembers them: what is waited for is the server, not time. */
function impatientClock() {
  const slept: number[] = [];
  const clock: Clock = {
    ...systemClock,
    async sleep(milliseconds, signal) {
      slept.push(milliseconds);
      await systemClock.sleep(1, signal);
    },
  };
  return { clock, slept };
}

interface Watched extends AsyncDisposable {
  readonly stub: Stub;
  readonly told: ReturnType<typeof record>;
  readonly slept: number[];
  /** Whether a watch is open, at each change. */
  readonly open: boolean[];
  readonly abort: AbortController;
  next(): Promise<string>;
}

type Answer = (asked: Asked, response: ServerResponse) => void;

/** Lists are answered with `list`; watches, counted from 1, by `watch`; the question for the present version with `present`. */
async function watched(
  answers: {
    list?: Answer;
    watch: (count: number, response: ServerResponse, asked: Asked) => void;
  },
  selection: WatchSelection = {},
  {
    limits,
    type = pods,
    present = '1000',
  }: { present?: string; limits?: Partial<Limits>; type?: ResourceType | ((kube: Kube) => Promise<ResourceType>) } = {},
): Promise<Watched> {
  let watches = 0;
  const stub = await startStub((asked, response) => {
    if (asked.query.has('watch')) return answers.watch(++watches, response, asked);
    if (asked.query.get('limit') === '1') return json(response, 200, { metadata: { resourceVersion: present }, items: [] });
    if (answers.list) return answers.list(asked, response);
    json(response, 200, {
      kind: 'PodList',
      metadata: { resourceVersion: '10' },
      items: [{ metadata: { name: 'a', resourceVersion: '7' } }],
    });
  });
  const told = record();
  const { clock, slept } = impatientClock();
  const kube = openKube(tokenConfig(stub), { tell: told.tell, clock, ...(limits ? { limits } : {}) });
  const abort = new AbortController();
  const open: boolean[] = [];
  const context = {
    signal: abort.signal,
    clock,
    tell: told.tell,
    labels: { event: 'pods' },
    watching: (isOpen: boolean) => void open.push(isOpen),
  };
  const found = typeof type === 'function' ? () => type(kube) : type;
  const unfolding = watchResources(kube, found, selection, context)[Symbol.asyncIterator]();
  return {
    stub,
    told,
    slept,
    open,
    abort,
    async next() {
      const { value, done } = await unfolding.next();
      return done ? 'the end' : brief(value);
    },
    async [Symbol.asyncDispose]() {
      abort.abort();
      await kube[Symbol.asyncDispose]();
      await stub[Symbol.asyncDispose]();
    },
  };
}

function brief(unfolding: Unfolding): string {
  if (unfolding.kind === 'snapshot') {
    const { resourceVersion, items, part } = unfolding;
    const which = `${part?.isFirst ? ', first' : ''}${part?.isLast ? ', last' : ''}`;
    return `snapshot ${resourceVersion}: ${items.map((item) => item.metadata.name)}${which}`;
  }
  return unfolding.changes
    .map(({ gone, object }) => `${gone ? '-' : '+'}${object.metadata.name}@${object.metadata.resourceVersion}`)
    .join(' ');
}

const podList = (...names: string[]) => ({ metadata: { resourceVersion: '10' }, items: names.map((name) => pod(name, '7')) });

/** Two pages with one Pod each. */
const pages: Answer = (asked, response) => {
  const isFirst = !asked.query.has('continue');
  json(response, 200, { ...podList(isFirst ? 'a' : 'b'), metadata: { resourceVersion: '10', continue: isFirst ? 'b' : '' } });
};

const from = (asked: string[]) => asked.map((one) => /resourceVersion=(\w+)/.exec(one)?.[1] ?? (one.endsWith('limit=1') ? '?' : 'list'));

describe('a collection as it unfolds', () => {
  test('begins with a snapshot and goes on with changes from its version', async () => {
    await using it = await watched({
      watch: (_, response) =>
        response.write(line('ADDED', pod('b', '11')) + line('DELETED', pod('a', '12')) + line('MODIFIED', pod('b', '13'))),
    });

    expect(await it.next()).toBe('snapshot 10: a');
    expect(await it.next()).toBe('+b@11 -a@12 +b@13');
    expect(from(it.stub.asked)).toEqual(['list', '10']);
    expect(it.open).toEqual([true]);
  });

  test('goes on from a known version without a snapshot', async () => {
    await using it = await watched({ watch: (_, response) => response.write(line('ADDED', pod('b', '6'))) }, { from: '5' });

    expect(await it.next()).toBe('+b@6');
    expect(from(it.stub.asked)).toEqual(['?', '5']);
  });

  test('asks for bookmarks, a time limit and what was selected', async () => {
    const selection = { namespace: 'play', labelSelector: 'app=web,tier!=x', fieldSelector: 'metadata.name=a' };
    await using it = await watched({ watch: (_, response) => response.write(line('ADDED', pod('b', '11'))) }, selection);
    await it.next();
    await it.next();

    expect(it.stub.asked[0]).toBe(
      'GET /api/v1/namespaces/play/pods?limit=500&labelSelector=app%3Dweb%2Ctier!%3Dx&fieldSelector=metadata.name%3Da',
    );
    const watch = new URL(it.stub.asked[1]!.slice(4), 'http://stub').searchParams;
    const { timeoutSeconds, ...rest } = Object.fromEntries(watch);
    expect(rest).toEqual({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: '10',
      labelSelector: 'app=web,tier!=x',
      fieldSelector: 'metadata.name=a',
    });
    expect(Number(timeoutSeconds)).toBeGreaterThanOrEqual(120);
    expect(Number(timeoutSeconds)).toBeLessThanOrEqual(180);
  });

  test('a watch that the server ends is opened again where it ended, bookmarks included, and nothing is told', async () => {
    await using it = await watched({
      watch: (count, response) => {
        if (count === 1) response.end(line('ADDED', pod('b', '11')) + bookmark('20'));
        else response.write(line('ADDED', pod('c', '21')));
      },
    });
    await it.next();

    expect(await it.next()).toBe('+b@11');
    expect(await it.next()).toBe('+c@21');
    expect(from(it.stub.asked)).toEqual(['list', '10', '20']);
    expect(it.slept).toEqual([0]);
    expect(it.told.of('watchLost')).toEqual([]);
    expect(it.open).toEqual([true]);
  });

  test('a connection that is cut in mid-watch costs nothing that was sent, and is told once', async () => {
    await using it = await watched({
      watch: (count, response) => {
        if (count === 1) response.write(line('ADDED', pod('b', '11')));
        else if (count <= 3) response.destroy();
        else response.write(line('ADDED', pod('c', '12')));
      },
    });
    await it.next();
    expect(await it.next()).toBe('+b@11');
    it.stub.cut();

    expect(await it.next()).toBe('+c@12');
    expect(from(it.stub.asked)).toEqual(['list', '10', '?', '11', '?', '11', '?', '11']);
    expect(it.told.of('watchLost')).toEqual([{ event: 'pods', error: expect.objectContaining({ code: 'UNREACHABLE_KUBE' }) }]);
    expect(it.open).toEqual([true, false, true]);
  });

  test('half a line is put together, and half a line at the end is asked for again', async () => {
    const text = line('ADDED', pod('é€😀', '11'));
    const bytes = Buffer.from(text);
    const middle = bytes.indexOf('😀') + 2;
    await using it = await watched({
      watch: (count, response) => {
        if (count === 2) return void response.write(line('ADDED', pod('c', '12')));
        response.write(bytes.subarray(0, middle));
        setImmediate(() => {
          response.write(bytes.subarray(middle));
          response.end('{"type":"ADDED","object":{"metada');
        });
      },
    });
    await it.next();

    expect(await it.next()).toBe('+é€😀@11');
    expect(await it.next()).toBe('+c@12');
    expect(from(it.stub.asked)).toEqual(['list', '10', '?', '11']);
    expect(it.told.of('watchLost')[0]?.error).toMatchObject({
      message: `the API server at ${it.stub.server} cannot be reached: the watch ended in the middle of a line`,
    });
  });

  test.each([
    [
      'as an event',
      (response: ServerResponse) => response.end(line('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' })),
    ],
    ['as an answer', (response: ServerResponse) => refuse(response, 410, 'too old', { reason: 'Expired' })],
  ])('a history that is gone (410 %s) gives a new snapshot at once', async (_, gone) => {
    await using it = await watched(
      {
        watch: (count, response) => (count === 1 ? gone(response) : response.write(line('ADDED', pod('c', '11')))),
      },
      { from: '3' },
    );

    expect(await it.next()).toBe('snapshot 10: a');
    expect(await it.next()).toBe('+c@11');
    expect(from(it.stub.asked)).toEqual(['?', '3', 'list', '10']);
    expect(it.slept).toEqual([]);
  });

  test('a server that is behind the known version (a restored backup) gives a new snapshot, not silence', async () => {
    await using it = await watched(
      { watch: (_, response) => response.write(line('ADDED', pod('c', '11'))) },
      { from: '5000' },
      { present: '10' },
    );

    expect(await it.next()).toBe('snapshot 10: a');
    expect(await it.next()).toBe('+c@11');
    expect(from(it.stub.asked)).toEqual(['?', 'list', '10']);
  });

  test('a server that forgets each version at once is not asked in a tight loop', async () => {
    await using it = await watched({
      watch: (count, response) => (count < 4 ? refuse(response, 410, 'too old') : response.write(bookmark('9'))),
    });
    for (let snapshot = 1; snapshot <= 4; snapshot++) expect(await it.next()).toBe('snapshot 10: a');

    expect(it.slept.length).toBe(3);
    expect(Math.min(...it.slept)).toBeGreaterThan(100);
  });

  test.each([
    ['garbage', 'what is this\n'],
    ['a Status that is no error', line('ADDED', { kind: 'Status', metadata: {} })],
    ['a blank version', line('MODIFIED', pod('a', ''))],
    ['an unknown type', line('SURPRISE', pod('a', '99'))],
  ])('%s never blanks the version: it is asked for again from the last good one', async (_, text) => {
    await using it = await watched({
      watch: (count, response) => {
        if (count === 1) response.write(line('ADDED', pod('b', '11')) + text + line('ADDED', pod('x', '98')));
        else response.write(line('ADDED', pod('c', '12')));
      },
    });
    await it.next();

    expect(await it.next()).toBe('+b@11');
    expect(await it.next()).toBe('+c@12');
    expect(from(it.stub.asked)).toEqual(['list', '10', '?', '11']);
    expect(it.told.of('watchLost')).toEqual([{ event: 'pods', error: expect.objectContaining({ code: 'REMOTE_KUBE_GARBLED' }) }]);
    expect(it.told.of('watchRefused')).toEqual([]);
  });

  test('what can never be read is stepped over by a snapshot', async () => {
    await using it = await watched({
      watch: (count, response) => (count < 3 ? response.end('garbage\n') : response.write(line('ADDED', pod('c', '12')))),
    });
    await it.next();

    expect(await it.next()).toBe('snapshot 10: a');
    expect(await it.next()).toBe('+c@12');
    expect(from(it.stub.asked)).toEqual(['list', '10', '?', '10', 'list', '10']);
  });

  test('a server that goes silent without closing is noticed', async () => {
    await using it = await watched(
      { watch: (count, response) => (count === 1 ? response.flushHeaders() : response.write(line('ADDED', pod('c', '12')))) },
      {},
      { limits: { watch: 1, watchGrace: -700 } },
    );
    await it.next();

    expect(await it.next()).toBe('+c@12');
    expect(it.told.of('watchLost')[0]?.error).toMatchObject({ code: 'UNREACHABLE_KUBE' });
  });

  test('a lack of rights is waited out and told once', async () => {
    let lists = 0;
    await using it = await watched({
      list: (_, response) => {
        if (++lists <= 4) return refuse(response, 403, 'pods is forbidden: User "x" cannot list resource "pods"');
        json(response, 200, { metadata: { resourceVersion: '10' }, items: [] });
      },
      watch: (_, response) => response.write(line('ADDED', pod('c', '12'))),
    });

    expect(await it.next()).toBe('snapshot 10: ');
    expect(await it.next()).toBe('+c@12');
    expect(it.told.of('watchRefused').map(({ error }) => (error as Error).message)).toEqual([
      'list pods: forbidden: User "x" cannot list resource "pods"',
    ]);
    expect(it.told.of('watchAccepted')).toEqual([{ event: 'pods' }]);
    expect(it.slept.length).toBe(4);
    expect(it.slept[3]!).toBeGreaterThan(it.slept[0]!);
  });

  test('a kind that is not installed yet is waited for', async () => {
    let discoveries = 0;
    const cheeses = { name: 'cheeses', kind: 'Cheese', namespaced: true };
    await using it = await watched(
      {
        list: (asked, response) => {
          if (asked.path === '/apis/example.com/v1') {
            if (++discoveries <= 2) return refuse(response, 404, 'not found');
            return json(response, 200, { kind: 'APIResourceList', resources: [cheeses] });
          }
          json(response, 200, { metadata: { resourceVersion: '10' }, items: [] });
        },
        watch: (_, response) => response.flushHeaders(),
      },
      {},
      { type: (kube) => kube.resource('example.com', 'v1', 'cheeses') },
    );

    expect(await it.next()).toBe('snapshot 10: ');
    expect(it.told.of('watchRefused').map(({ error }) => (error as Error).message)).toEqual([
      'the API server does not know resource "cheeses" in example.com/v1',
    ]);
  });

  test('waits grow while it fails, and begin anew after a watch that brought something', async () => {
    await using it = await watched({
      watch: (count, response) => {
        if (count === 6) response.end(line('ADDED', pod('b', '11')));
        else if (count <= 8) response.destroy();
        else response.write(line('ADDED', pod('c', '12')));
      },
    });
    await it.next();
    await it.next();
    expect(await it.next()).toBe('+c@12');

    const [first, , , , fifth, afterGood, again] = it.slept as [number, number, number, number, number, number, number];
    expect(fifth).toBeGreaterThan(8 * first);
    expect(afterGood).toBe(0);
    expect(again).toBeLessThanOrEqual(200);
  });

  test('Retry-After is obeyed', async () => {
    let lists = 0;
    await using it = await watched({
      list: (_, response) => {
        if (++lists === 1) return refuse(response, 429, 'slow down', { headers: { 'retry-after': '7' } });
        json(response, 200, { metadata: { resourceVersion: '10' }, items: [] });
      },
      watch: (_, response) => response.flushHeaders(),
    });
    await it.next();

    expect(it.slept.length).toBe(1);
    expect(it.slept[0]!).toBeGreaterThanOrEqual(7000);
    expect(it.slept[0]!).toBeLessThan(10_000);
  });

  test('a list that is forgotten between two pages is read in one piece', async () => {
    await using it = await watched({
      list: (asked, response) => {
        if (asked.query.has('continue')) return refuse(response, 410, 'the continue token is too old', { reason: 'Expired' });
        const next = asked.query.has('limit') ? 'more' : '';
        json(response, 200, {
          metadata: { resourceVersion: '10', continue: next },
          items: next ? [pod('a', '1')] : [pod('a', '1'), pod('b', '2')],
        });
      },
      watch: (_, response) => response.flushHeaders(),
    });

    expect(await it.next()).toBe('snapshot 10: a,b');
    expect(it.stub.asked).toEqual(['GET /api/v1/pods?limit=500', 'GET /api/v1/pods?limit=500&continue=more', 'GET /api/v1/pods']);
  });

  test('ends quietly when aborted: while it watches, while it waits, and before it began', async () => {
    await using watching = await watched({ watch: (_, response) => response.flushHeaders() });
    await watching.next();
    const end = watching.next();
    await watching.told.seen('kubeRequest', ({ verb }) => verb === 'watch');
    watching.abort.abort();
    expect(await end).toBe('the end');
    expect([...watching.told.of('watchLost'), ...watching.told.of('watchRefused')]).toEqual([]);

    await using waiting = await watched({ list: (_, response) => refuse(response, 403, 'no'), watch: () => {} });
    const noEnd = waiting.next();
    await waiting.told.seen('watchRefused');
    waiting.abort.abort();
    expect(await noEnd).toBe('the end');

    await using before = await watched({ watch: () => {} });
    before.abort.abort();
    expect(await before.next()).toBe('the end');
    expect(before.stub.asked).toEqual([]);
  });

  test('comes in pages where that is asked for, each fetched when the one before was dealt with', async () => {
    await using it = await watched(
      { list: pages, watch: (_, response) => response.write(line('ADDED', pod('b', '11'))) },
      { inPages: true },
    );

    expect(await it.next()).toBe('snapshot 10: a, first');
    expect(it.stub.asked).toEqual(['GET /api/v1/pods?limit=500']);
    expect(await it.next()).toBe('snapshot 10: b, last');
    expect(await it.next()).toBe('+b@11');
    expect(it.stub.asked.slice(1, 2)).toEqual(['GET /api/v1/pods?limit=500&continue=b']);
    expect(from(it.stub.asked)).toEqual(['list', 'list', '10']);
  });

  test('a list that the server has forgotten before its last page begins anew, and after the second time comes in one piece', async () => {
    const list: Answer = (asked, response) => {
      if (asked.query.has('continue')) return json(response, 410, { kind: 'Status', reason: 'Expired', code: 410 });
      pages(asked, response);
    };
    const whole: Answer = (asked, response) => (asked.query.has('limit') ? list(asked, response) : json(response, 200, podList('a', 'b')));
    await using it = await watched({ list: whole, watch: () => {} }, { inPages: true });

    expect([await it.next(), await it.next()]).toEqual(['snapshot 10: a, first', 'snapshot 10: a, first']);
    expect(await it.next()).toBe('snapshot 10: a,b, first, last');
  });

  test('a snapshot is not held in memory while its changes are watched', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    await using stub = await startStub((asked, response) => {
      if (asked.query.has('watch')) response.write(line('ADDED', pod('b', '11')));
      else json(response, 200, { metadata: { resourceVersion: '10' }, items: [pod('a', '7')] });
    });
    const told = record();
    const abort = new AbortController();
    await using kube = openKube(tokenConfig(stub), { tell: told.tell, clock: systemClock });
    const unfolding = watchResources(kube, pods, {}, { signal: abort.signal, clock: systemClock, tell: told.tell });
    const weak = new WeakRef(((await unfolding.next()).value as Unfolding & { kind: 'snapshot' }).items[0]!);
    await unfolding.next();
    const end = unfolding.next();

    await expect
      .poll(() => {
        collectGarbage();
        return weak.deref();
      })
      .toBeUndefined();
    abort.abort();
    await end;
  });

  test('whoever stops reading closes the connection', async () => {
    let closed = false;
    await using it = await watched({
      watch: (_, response) => {
        response.on('close', () => {
          closed = true;
        });
        response.flushHeaders();
      },
    });
    const kube = openKube(tokenConfig(it.stub), { tell: record().tell, clock: systemClock });
    for await (const batch of kube.watch(pods, { resourceVersion: '1' })) {
      expect(batch).toEqual([]);
      break;
    }

    await expect.poll(() => closed).toBe(true);
    await kube[Symbol.asyncDispose]();
  });
});
