import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { runTests } from '../../src/cli/rehearse/run-tests.ts';
import { showReport } from '../../src/cli/rehearse/test-text.ts';
import { TestClock } from '../support/clock.ts';
import { rulesFolder } from '../support/commands.ts';

const rules = `apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: { name: github, namespace: ci }
spec:
  triggers:
    - name: opened
      interceptors:
        - ref: { name: cel }
          params: [{ name: filter, value: body.action == 'opened' }]
      bindings: [{ name: title, value: $(body.title) }]
      template:
        spec:
          params: [{ name: title }]
          resourcetemplates:
            - { apiVersion: v1, kind: ConfigMap, metadata: { name: note }, data: { title: $(tt.params.title) } }
    - name: any
      bindings: [{ name: from, value: $(header.Ce-Source) }]
      template:
        spec:
          params: [{ name: from, default: nobody }]
          resourcetemplates:
            - { apiVersion: v1, kind: ConfigMap, metadata: { name: seen }, data: { from: $(tt.params.from) } }
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: orders, namespace: shop }
spec:
  broker: default
  filters: [{ exact: { type: order.made } }]
  subscriber: { ref: { apiVersion: serving.knative.dev/v1, kind: Service, name: till } }
---
apiVersion: messaging.knative.dev/v1
kind: Subscription
metadata: { name: copy, namespace: shop }
spec:
  channel: { apiVersion: messaging.knative.dev/v1, kind: Channel, name: orders }
  subscriber: { uri: http://copies.example/ }
`;

async function report(tests: string, files: Record<string, string> = {}): Promise<string> {
  using folder = rulesFolder({ 'rules.yaml': rules, 'it.test.yaml': `tests:\n${tests}`, ...files });
  const all = await runTests([folder.path('it.test.yaml')], { clock: new TestClock(), chosen: () => true });
  return folder.shown(stripVTControlCharacters(showReport(all)));
}

test('a call of an EventListener, with what it creates, and why its other triggers do nothing', async () => {
  expect(
    await report(`
  - name: an opened issue is noted
    given: [{ listener: github, header: { X-GitHub-Event: issues }, body: { action: opened, title: 'a "b"' } }]
    expect:
      fires:
        - { trigger: opened, object: { kind: ConfigMap, data: { title: 'a "b"' } } }
        - { trigger: any, rendered: [{ data: { from: nobody } }] }
  - name: a closed one is not
    given: [{ listener: ci/github, trigger: opened, body: { action: closed } }]
    expect: { fires: [], because: { opened: 'interceptor \`cel\` stopped it: body.action is "closed"' } }
  - name: an event has its source in a header
    given: [{ listener: github, trigger: any, event: { type: x, source: /till, data: {} } }]
    expect: { fires: [{ trigger: any, object: { data: { from: /till } } }] }
  - name: what is no JSON object is refused
    given: [{ listener: github, trigger: any, body: no }]
    expect: { fires: [], because: { any: the caller gets 400 } }
`),
  ).toBe(`it.test.yaml
  ok    an opened issue is noted
  ok    a closed one is not
  ok    an event has its source in a header
  ok    what is no JSON object is refused
4 passed, 0 failed`);
});

test('an event for a Trigger, a Broker and a Subscription', async () => {
  expect(
    await report(
      `
  - name: an order comes to the till
    given: [{ trigger: orders, event: { type: order.made, data: { id: 7 } } }]
    expect: { fires: [{ trigger: orders, summary: 'deliver to http://till.shop.svc.cluster.local/', rendered: { body: '{"id":7}' } }] }
  - name: other events do not
    given: [{ rule: 'Broker:default', file: other.event.json }]
    expect: { fires: [], because: { orders: 'filters[0].exact.type: type is "x", not "order.made"' } }
  - name: a copy goes out
    given: [{ rule: copy, event: { type: x } }]
    expect: { fires: [copy] }
  - name: a Service is where it says
    existing: [{ apiVersion: serving.knative.dev/v1, kind: Service, metadata: { name: till, namespace: shop }, status: { address: { url: http://there } } }]
    given: [{ trigger: orders, event: { type: order.made } }]
    expect: { fires: [{ trigger: orders, rendered: { url: http://there/ } }] }
`,
      { 'other.event.json': '{ "specversion": "1.0", "id": "1", "source": "/x", "type": "x" }' },
    ),
  ).toBe(`it.test.yaml
  ok    an order comes to the till
  ok    other events do not
  ok    a copy goes out
  ok    a Service is where it says
4 passed, 0 failed`);
});

test('what differs is told, and what fails unexpectedly', async () => {
  expect(
    await report(`
  - name: wrong title
    given: [{ listener: github, trigger: opened, body: { action: opened, title: b } }]
    expect: { fires: [{ trigger: opened, object: { data: { title: a } } }] }
  - name: no title
    given: [{ listener: github, trigger: opened, body: { action: opened } }]
    expect: { fires: [] }
  - name: nobody is called so
    given: [{ listener: gitlab, body: {} }]
    expect: { fires: [] }
  - name: no such trigger
    given: [{ listener: github, trigger: closed, body: {} }]
    expect: { fires: [] }
`),
  ).toBe(`it.test.yaml
  FAIL  wrong title
        it.test.yaml:5:67  opened: data.title is "b", expected "a"
  FAIL  no title
        it.test.yaml:6:11  trigger opened: rules.yaml:6:7  the param "title": $(body.title): "title" is not there
  FAIL  nobody is called so
        it.test.yaml:9:11  . holds no rule "EventListener:gitlab" that takes events
          try: did you mean "EventListener:github"?
  FAIL  no such trigger
        it.test.yaml:12:11  EventListener ci/github has no trigger closed
          try: it has opened, any
0 passed, 4 failed`);
});

test('what is given in two ways, or to two systems, is refused', async () => {
  expect(
    await report(`
  - name: one
    given: [{ listener: github, body: {}, event: { type: x } }, { rule: default, trigger: orders, event: { type: x } }]
    expect: { fires: [] }
  - name: two
    given: [{ dependency: a, body: {} }, { listener: github, data: {} }]
    expect: { fires: [] }
`),
  ).toBe(`it.test.yaml:4:13  error  an event is given by one of body, event and file, not by body and event  CONFIG_INVALID
it.test.yaml:4:65  error  an event is for a rule, or for a listener or trigger, not for both  CONFIG_INVALID
it.test.yaml:7:12  error  a test gives events to a Sensor or to rules of other systems, not to both  CONFIG_INVALID
it.test.yaml:7:13  error  header and body are of a call of an EventListener  CONFIG_INVALID
  try: listener: NAME
it.test.yaml:7:42  error  data is for Sensors; other rules take an event, a file, or header and body  CONFIG_INVALID
0 passed, 0 failed`);
});
