import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventBus } from '../../../eventbus/bus.ts';
import { runEventSource } from '../../../eventsources/runner.ts';
import { openKube } from '../../../src/core/kube/client.ts';
import type { Kube, KubeObject, ResourceType } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { type Crash, shakyBus } from '../../eventsources/resource/shaky-bus.ts';
import { inShort, published } from '../../eventsources/resource/source.ts';
import { eventSourceOf } from '../../support/event-source.ts';
import { eventually } from '../../support/eventually.ts';
import { haveApiServer, sharedApiServer, uniqueName } from '../../support/kube-apiserver.ts';
import { type Nats, startNats } from '../../support/nats.ts';
import { openJetStream } from '../../support/open-bus.ts';
import { record } from '../../support/record.ts';
import { tokenConfig } from '../../support/token-config.ts';

describe.runIf(haveApiServer())('the resource source on a real kube-apiserver and a real nats-server', () => {
  const namespace = uniqueName('source');
  let kube: Kube;
  let services: ResourceType;
  let nats: Nats;
  let bus: EventBus;

  beforeAll(async () => {
    const at = await sharedApiServer();
    kube = openKube(tokenConfig(at, at.token, namespace), { tell: record().tell, clock: systemClock });
    services = await kube.resource('', 'v1', 'services');
    await kube.create(await kube.kind('v1', 'Namespace'), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    nats = await startNats();
    bus = await openJetStream(nats);
  }, 60_000);
  afterAll(async () => {
    await bus[Symbol.asyncDispose]();
    await nats[Symbol.asyncDispose]();
    await kube[Symbol.asyncDispose]();
  });

  const service = (name: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { clusterIP: 'None', ports: [{ port: 80 }] },
  });
  const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  const each = (all: readonly string[], work: (name: string) => Promise<unknown>): Promise<unknown> => Promise.all(all.map(work));
  const make = (all: readonly string[]) => each(all, (name) => kube.create(services, service(name)));
  const remove = (all: readonly string[]) => each(all, (name) => kube.delete(services, { name, namespace }));
  const change = (all: readonly string[]) =>
    each(all, (name) =>
      kube.patch(services, { name, namespace }, { metadata: { annotations: { a: 'b' } } }, 'application/merge-patch+json'),
    );

  function start(eventName: string, used: EventBus = bus) {
    const stop = new AbortController();
    const { tell, ...heard } = record();
    const source = eventSourceOf(
      { resource: { [eventName]: { version: 'v1', resource: 'services', namespace, eventTypes: ['ADD', 'UPDATE', 'DELETE'] } } },
      { name: 'ingress-es', namespace },
    );
    const ended = runEventSource(source, { bus: used, kube, clock: systemClock, tell, signal: stop.signal });
    return {
      heard,
      caughtUp: () => heard.seen('caughtUp'),
      async stop(): Promise<void> {
        stop.abort();
        await ended;
      },
    };
  }

  /** Runs a source until it has caught up, or has died. */
  async function live(eventName: string, crash?: Crash): Promise<void> {
    const shaky = crash ? shakyBus(bus, async () => {}, crash) : undefined;
    const source = start(eventName, shaky?.bus);
    await eventually(() => shaky?.hasCrashed || source.heard.of('caughtUp').length > 0, 30_000);
    await source.stop();
  }

  test('of 500 Services, 50 deleted, 50 changed and 50 made during a stop give exactly 150 events', { timeout: 90_000 }, async () => {
    const [going, changing] = [names('going', 50), names('changing', 50)];
    await make([...going, ...changing, ...names('staying', 400)]);
    const before = start('service');
    await before.caughtUp();
    await before.stop();
    const first = await published(bus);

    await Promise.all([remove(going), change(changing), make(names('coming', 50))]);
    const after = start('service');
    const caughtUp = await after.caughtUp();
    await after.stop();
    const sent = (await published(bus)).slice(first.length);

    expect(first).toHaveLength(500);
    expect(caughtUp).toMatchObject({ known: 500, added: 50, updated: 50, deleted: 50 });
    const wanted = [
      ...going.map((name) => `DELETE ${name}`),
      ...changing.map((name) => `UPDATE ${name}`),
      ...names('coming', 50).map((name) => `ADD ${name}`),
    ];
    expect(inShort(sent).sort()).toEqual(wanted.sort());
    for (const { type, name, body, oldBody } of sent) {
      if (type === 'UPDATE') expect(oldBody).toEqual(first.find((one) => one.name === name)!.body);
      if (type === 'DELETE') expect(body).toEqual(first.find((one) => one.name === name)!.body);
    }
  });

  test('it dies again and again while it catches up, and nothing is lost or sent twice', { timeout: 90_000 }, async () => {
    const [going, coming] = [names('mortal', 50), names('newborn', 50)];
    await make(going);
    await live('crashing');
    const first = (await published(bus, 0, 'crashing')).length;

    await Promise.all([remove(going), make(coming)]);
    for (const [index, at] of [2, 9, 20, 40, 55].entries()) await live('crashing', { at, when: index % 2 === 0 ? 'after' : 'before' });
    await live('crashing');

    const sent = (await published(bus, 0, 'crashing')).slice(first);
    expect(inShort(sent).sort()).toEqual([...going.map((name) => `DELETE ${name}`), ...coming.map((name) => `ADD ${name}`)].sort());
  });

  test('a live change is on the bus, and a second process takes over when the first is gone', { timeout: 60_000 }, async () => {
    const one = start('shared');
    await one.caughtUp();
    const other = start('shared');
    await other.heard.seen('leaseWaiting');

    await make(['first']);
    await one.heard.seen('eventPublished', ({ object }) => object === `${namespace}/first`);
    await one.stop();
    await remove(['first']);
    await other.heard.seen('eventPublished', ({ type, object }) => type === 'DELETE' && object === `${namespace}/first`);
    await other.stop();

    const about = (await published(bus, 0, 'shared')).filter(({ name }) => name === 'first');
    expect(inShort(about)).toEqual(['ADD first', 'DELETE first']);
    expect(other.heard.of('eventRepeated')).toEqual([]);
  });
});
