/** "Bad input" of Tekton's and Knative's users, row by row: what is said, what is counted, and that nothing is lost. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { freePort } from '../../support/ports.ts';
import { startReceiver } from '../../support/receiver.ts';
import { openGround } from './ground.ts';

const template = '{spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}}]}}';
const builds = (trigger = `template: ${template}`, more = ''): string => `
apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: builds}
spec:
  ${more}
  triggers:
    - name: push
      ${trigger}
`;
const intercepted = (interceptor: string): string => builds(`interceptors: [${interceptor}]\n      template: ${template}`);

describe('a call of an EventListener', () => {
  test.each([
    ['that is no JSON', '<push/>', 400, "Invalid event body format : invalid character '<' looking for beginning of value"],
    ['that is empty', '', 400, 'Invalid event body format : unexpected end of JSON input'],
    ['that is a list', '[1]', 400, expect.stringContaining('cannot unmarshal array')],
  ])('%s is refused with the words of Tekton', async (_, body, status, errorMessage) => {
    await using ground = await openGround(builds());

    const refused = await ground.call(body);

    expect(refused).toMatchObject({ status, answer: { errorMessage } });
    expect(await ground.counted('sensorium_calls_refused_total')).toEqual([`eventsource=builds,event=request,status=${status} 1`]);
    expect(await ground.counted('sensorium_events_published_total')).toEqual([]);
  });

  test('of 20 MB is refused with both sizes', async () => {
    await using ground = await openGround(builds());

    const refused = await ground.call(JSON.stringify({ text: 'x'.repeat(20_000_000) }));

    expect(refused).toEqual({ status: 413, answer: 'the body has 20000011 bytes, and no more than 1048576 are taken' });
    expect(await ground.counted('sensorium_calls_refused_total')).toEqual(['eventsource=builds,event=request,status=413 1']);
  });

  test('with a wrong signature, or with none, makes nothing, which is told and counted; one with the right one is worked', async () => {
    await using ground = await openGround(intercepted('{github: {secretRef: {secretName: hook, secretKey: token}}}'));
    ground.kube.put({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'hook', namespace: 'shop' }, data: { token: 'czNjcmV0' } });
    const signed = (secret: string) => `sha256=${createHmac('sha256', secret).update('{}').digest('hex')}`;

    const answers = [
      await ground.call('{}', { query: '?wait=10s', 'x-hub-signature-256': signed('guess') }),
      await ground.call('{}', { query: '?wait=10s' }),
      await ground.call('{}', { query: '?wait=10s', 'x-hub-signature-256': signed('s3cret') }),
    ].map(({ answer }) => (answer as { triggers: [{ outcome: string; message: string }] }).triggers[0]);

    expect(answers.map(({ outcome }) => outcome)).toEqual(['stopped', 'stopped', 'done']);
    expect(answers.slice(0, 2).map(({ message }) => message)).toEqual([
      'interceptor `github` stopped it: the signature in X-Hub-Signature-256 is not that of this body with the secret hook.token: one of the two is another',
      'interceptor `github` stopped it: there is no header X-Hub-Signature-256, so nobody knows who has sent this',
    ]);
    expect(ground.made()).toHaveLength(1);
    expect(await ground.counted('sensorium_events_stopped_total')).toEqual(['sensor=EventListener:builds,trigger=push 1']);
    expect(await ground.counted('sensorium_events_filtered_total')).toEqual(['sensor=EventListener:builds,dependency=push 1']);
    expect(JSON.stringify(ground.heard.all)).not.toContain('s3cret');
  });

  test.each([
    ['500', '', /^POST http:\S+: the answer was 500$/],
    ['rubbish', '<html/>', /^127\S+ refused: what it answers is none of an interceptor: it is no JSON but "<html\/>"$/],
  ])('whose interceptor answers %s is tried again, and worked when it answers as it should', async (what, text, message) => {
    let isBroken = true;
    await using server = await startReceiver((_, response) => {
      response.statusCode = isBroken && what === '500' ? 500 : 200;
      response.end(isBroken ? text : '{"continue": true}');
    });
    const checks = `{apiVersion: triggers.tekton.dev/v1alpha1, kind: ClusterInterceptor, metadata: {name: checks}, spec: {clientConfig: {url: '${server.url}'}}}`;
    await using ground = await openGround(`${intercepted('{ref: {name: checks}}')}---\n${checks}`);

    const { answer } = await ground.call('{}', { query: '?wait=10s' });
    isBroken = false;

    expect(answer).toMatchObject({ triggers: [{ trigger: 'push', outcome: 'failed', message: expect.stringMatching(message) }] });
    await eventually(() => ground.made().length === 1);
    expect((await ground.counted('sensorium_trigger_attempts_failed_total')).join()).toMatch(
      /^sensor=EventListener:builds,trigger=push,code=\S+ \d$/,
    );
    expect(await ground.parked()).toEqual([]);
  });

  test('that needs a binding which is not there waits for it', async () => {
    await using ground = await openGround(builds(`bindings: [{ref: late}]\n      template: ${template}`));
    const { answer } = await ground.call('{}', { query: '?wait=10s' });

    expect(answer).toMatchObject({ triggers: [{ outcome: 'failed', message: 'there is no TriggerBinding shop/late' }] });
    expect(ground.standings.get('EventListener builds')?.problem).toEqual({
      reason: 'TriggerBindingMissing',
      message: 'there is no TriggerBinding shop/late; events that need it wait for it',
    });
    await ground.set(
      '{apiVersion: triggers.tekton.dev/v1beta1, kind: TriggerBinding, metadata: {name: late}, spec: {params: [{name: a, value: b}]}}',
    );
    await eventually(() => ground.made().length === 1);
    expect(await ground.parked()).toEqual([]);
  });

  test('for a second listener on a port waits until the first is gone', async () => {
    const port = await freePort();
    const other = builds().replace('name: builds', 'name: others');
    await using ground = await openGround(builds(), { builds: port, others: port });
    await ground.call('{}');
    const second = ground.set(other);
    const failed = await ground.heard.seen('workerFailed');
    await second;

    expect((failed['error'] as Error).message).toBe(
      `shop/others/request cannot be called: shop/builds/request has every path of port ${port} already`,
    );
    expect(ground.standings.get('EventListener others')?.problem).toEqual({
      reason: 'PortTaken',
      message: `EventListener shop/builds listens on port ${port}; give this one another servicePort, or --listen NAME=PORT`,
    });
    expect((await ground.call('{}')).status).toBe(202);
    await ground.remove(builds());
    await ground.heard.seen('listening', ({ eventsource }) => eventsource === 'others');
    expect(await (await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: '{}' })).json()).toMatchObject({
      eventListener: 'others',
    });
  });

  test('with a text made to keep regular expressions busy is filtered like any other', async () => {
    await using ground = await openGround(intercepted(`{cel: {filter: "body.text.matches('^(a+)+$')"}}`));

    const { answer } = await ground.call(JSON.stringify({ text: `${'a'.repeat(100_000)}!` }), { query: '?wait=10s' });

    expect(answer).toMatchObject({ triggers: [{ outcome: 'stopped' }] });
  });
});

const broker = '{apiVersion: eventing.knative.dev/v1, kind: Broker, metadata: {name: default}}\n';
const trigger = (spec: string, name = 'tell'): string =>
  `---\napiVersion: eventing.knative.dev/v1\nkind: Trigger\nmetadata: {name: ${name}}\nspec: {broker: default, ${spec}}\n`;
const display = 'subscriber: {ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: display}}';

describe('an event of a Broker', () => {
  test('passes no filter that fails on it, which is told and counted', async () => {
    const spec = (cesql: string) => `filters: [{cesql: "${cesql}"}], ${display}`;
    await using ground = await openGround(`${broker}${trigger(spec('absent = 1'), 'closed')}${trigger(spec("type = 'order'"), 'open')}`);

    await ground.send('one');
    await eventually(() => ground.shown.length > 0);

    expect(ground.heard.of('eventFiltered').map(({ dependency, because }) => [dependency, because])).toEqual([
      ['closed', 'CESQL: the event has no attribute `absent`'],
    ]);
    expect(await ground.counted('sensorium_events_filtered_total')).toEqual(['sensor=Broker:default,dependency=closed 1']);
    expect(ground.shown).toHaveLength(1);
  });

  test('meets no filter of a dialect that nobody knows: its Trigger is refused', async () => {
    await expect(openGround(`${broker}${trigger(`filters: [{sql: "type = 'order'"}], ${display}`)}`)).rejects.toThrow(
      'set exactly one of exact, prefix, suffix, all, any, not, cesql; found sql',
    );
  });

  test('goes in a circle of replies no further than it may, and that is told', async () => {
    await using server = await startReceiver((_, response) => {
      const headers = { 'Ce-Specversion': '1.0', 'Ce-Id': 'again', 'Ce-Source': '/echo', 'Ce-Type': 'order' };
      response.writeHead(200, headers).end();
    });
    await using ground = await openGround(`${broker}${trigger(`subscriber: {uri: '${server.url}'}`)}`);

    await ground.send('one', { 'ce-knativebrokerttl': '3' });
    const { summary } = await ground.heard.seen('triggerFired', (fields) => String(fields['summary']).includes('circle'));

    expect(summary).toBe(`deliver to ${server.url}/: 200; replied order again, dropped: replies go in a circle through Broker default`);
    expect(server.received).toHaveLength(2);
  });

  test('whose receiver is not there waits for it', async () => {
    const gone = 'subscriber: {ref: {apiVersion: eventing.knative.dev/v1, kind: Broker, name: gone}}';
    await using ground = await openGround(
      `${broker}${trigger(`${gone}, delivery: {retry: 100, backoffPolicy: linear, backoffDelay: PT0.1S}`)}`,
    );
    expect(ground.standings.get('Trigger tell')?.problem).toEqual({
      reason: 'SubscriberNotFound',
      message: 'there is no Broker shop/gone among the rules; it is waited for',
    });

    await ground.send('one');
    const { error } = await ground.heard.seen('attemptFailed');
    expect((error as Error).message).toBe('get Broker shop/gone: not found');
    await ground.set(broker.replace('default', 'gone') + trigger(display, 'found').replace('broker: default', 'broker: gone'));
    await eventually(() => ground.shown.length === 1);
  });

  test('that nobody takes is kept, with what was answered, though no sink is named', async () => {
    await using server = await startReceiver((_, response) => void response.writeHead(400).end('no orders today'));
    await using ground = await openGround(`${broker}${trigger(`subscriber: {uri: '${server.url}'}`)}`);

    await ground.send('one');
    await ground.heard.seen('firingParked');

    expect(await ground.parked()).toEqual([`POST ${server.url}/: the answer was 400: no orders today`]);
    expect(await ground.counted('sensorium_firings_parked_total')).toEqual(['sensor=Broker:default,trigger=tell,code=REMOTE_HTTP 1']);
  });
});
