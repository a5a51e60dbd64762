import { expect, test } from 'vitest';
import { type DryRunFlags, dryRun } from '../../src/cli/commands/dry-run.ts';
import { showError } from '../../src/cli/errors.ts';
import { remembered, rulesFolder } from '../support/commands.ts';

const tekton = `apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: { name: github, namespace: ci }
spec:
  triggers:
    - name: closed
      interceptors:
        - ref: { name: cel }
          params: [{ name: filter, value: body.action == 'opened' }]
      template: { ref: notes }
    - triggerRef: deploy
  triggerGroups:
    - name: pushes
      interceptors:
        - ref: { name: cel }
          params: [{ name: filter, value: "header.match('X-GitHub-Event', 'push')" }]
      triggerSelector: { labelSelector: { matchLabels: { group: pushes } } }
---
apiVersion: triggers.tekton.dev/v1beta1
kind: Trigger
metadata: { name: deploy, namespace: ci }
spec:
  interceptors:
    - ref: { name: github }
      params: [{ name: secretRef, value: { secretName: hook, secretKey: token } }]
    - webhook: { objectRef: { apiVersion: v1, kind: Service, name: checks } }
  bindings: [{ name: who, value: $(body.sender) }]
  template:
    spec:
      params: [{ name: who }]
      resourcetemplates:
        - { apiVersion: v1, kind: ConfigMap, metadata: { name: a-note }, data: { who: $(tt.params.who) } }
        - { apiVersion: v1, kind: ConfigMap, metadata: { name: another }, data: { who: $(tt.params.who) } }
---
apiVersion: triggers.tekton.dev/v1beta1
kind: Trigger
metadata: { name: build, namespace: ci, labels: { group: pushes } }
spec: { template: { ref: notes } }
---
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: { name: notes, namespace: ci }
spec:
  resourcetemplates: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: note } }]
`;

const knative = `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: orders, namespace: shop }
spec:
  broker: default
  filters:
    - exact: { type: order.made }
    - any:
        - cesql: amount > 10
        - prefix: { source: /vip }
  subscriber: { ref: { apiVersion: serving.knative.dev/v1, kind: Service, name: till } }
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: all, namespace: shop }
spec:
  broker: default
  subscriber: { ref: { apiVersion: triggers.tekton.dev/v1beta1, kind: EventListener, name: elsewhere } }
---
apiVersion: messaging.knative.dev/v1
kind: Subscription
metadata: { name: copy, namespace: shop }
spec:
  channel: { apiVersion: messaging.knative.dev/v1, kind: InMemoryChannel, name: orders }
  subscriber: { uri: http://copies.example/ }
---
apiVersion: flows.knative.dev/v1
kind: Sequence
metadata: { name: chain, namespace: shop }
spec:
  steps:
    - ref: { apiVersion: example.com/v1, kind: Machine, name: first }
`;

const cloudEvent = (attributes: object) => ({ specversion: '1.0', id: 'e1', source: '/till', ...attributes });

const usual = {
  event: [],
  with: [],
  header: [],
  output: 'text',
  verbose: false,
  eventFormat: 'binary',
  now: Date.parse('2026-01-31T12:00:00Z'),
} as unknown as DryRunFlags;

async function run(name: string, event: object, flags: Partial<DryRunFlags> = {}, files: Record<string, string> = {}) {
  using rules = rulesFolder({ 'tekton.yaml': tekton, 'knative.yaml': knative, 'e.event.json': JSON.stringify(event), ...files });
  const output = remembered();
  const code = await dryRun(
    rules.path(name),
    { ...usual, ...flags, with: (flags.with ?? []).map(rules.path), event: [rules.path('e.event.json')] },
    output,
  ).catch((thrown: unknown) => rules.shown(showError(thrown)));
  return { code, text: rules.shown(output.text()), warnings: rules.shown(output.warnings()) };
}

test('an EventListener shows of each trigger what it would create, whole, or which interceptor stops it, with its place', async () => {
  const { code, text } = await run('tekton.yaml', {
    header: { 'x-github-event': 'ping', 'X-Hub-Signature-256': 'sha256=00' },
    body: { action: 'closed', sender: 'ada' },
  });

  expect(text).toBe(`event given-1 for EventListener ci/github  (e.event.json)
trigger closed  refused
  tekton.yaml:8:11  interceptor \`cel\` stopped it: body.action is "closed", and body.action == 'opened' is wanted
trigger pushes/build  refused
  tekton.yaml:15:11  interceptor \`cel\` stopped it: header.canonical('X-GitHub-Event') is "ping", and header.match('X-GitHub-Event', 'push') is wanted
trigger deploy  fires: create ConfigMap ci/a-note and ConfigMap ci/another
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: a-note
      namespace: ci
      labels:
        triggers.tekton.dev/eventlistener: github
        triggers.tekton.dev/trigger: deploy
        triggers.tekton.dev/triggers-eventid: given-1
    data:
      who: ada
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: another
      namespace: ci
      labels:
        triggers.tekton.dev/eventlistener: github
        triggers.tekton.dev/trigger: deploy
        triggers.tekton.dev/triggers-eventid: given-1
    data:
      who: ada
not asked here: interceptor \`github\` would check the signature in X-Hub-Signature-256
not asked here: interceptor \`checks.ci.svc\` would be asked: POST http://checks.ci.svc/`);
  expect(code).toBe(0);
});

test('a bare body is a call of its own, with the headers of the flags', async () => {
  const { text } = await run('tekton.yaml#build', { ref: 'main' }, { header: ['X-GitHub-Event: push'] });

  expect(text).toMatch(
    /^event given-1 for EventListener ci\/github {2}\(e\.event\.json\)\ntrigger pushes\/build {2}fires: create ConfigMap ci\/note\n/,
  );
});

test('a CloudEvent comes to an EventListener as the call that brings it', async () => {
  const { text } = await run('tekton.yaml#build', cloudEvent({ type: 'x', data: { a: 1 } }), { show: 'payload' });

  expect(text).toBe(`event e1 for EventListener ci/github  (e.event.json)
trigger pushes/build  refused
  tekton.yaml:15:11  interceptor \`cel\` stopped it: header.canonical('X-GitHub-Event') is "", and header.match('X-GitHub-Event', 'push') is wanted
  payload:
    url: /
    header:
      Ce-Specversion:
        - "1.0"
      Ce-Id:
        - "e1"
      Ce-Source:
        - /till
      Ce-Type:
        - x
    body: '{"a":1}'`);
});

test('a body that the listener does not take is refused as its caller would be told', async () => {
  const { code, text } = await run('tekton.yaml#deploy', [1]);

  expect(text).toBe(`event given-1 for EventListener ci/github  (e.event.json)
trigger deploy  refused
  tekton.yaml:23:3  the caller gets 400: the body is no JSON object (json: cannot unmarshal array into Go value of type map[string]interface {})`);
  expect(code).toBe(1);
});

test('what an event lacks for a binding is told with the place of its trigger', async () => {
  const { code, text } = await run('tekton.yaml#deploy', { header: { 'X-Hub-Signature-256': 'sha256=00' }, body: {} });

  expect(text).toMatch(
    /^trigger deploy {2}fails\n {2}tekton\.yaml:23:3 {2}the param "who": \$\(body\.sender\): "sender" is not there {2}EVENT_PARAMETER$/m,
  );
  expect(code).toBe(1);
});

test('a Broker shows of each Trigger what it would deliver, or which filter refuses it, with its place', async () => {
  const { code, text } = await run('knative.yaml#default', cloudEvent({ type: 'order.made', amount: 3, data: { id: 7 } }));

  expect(text).toBe(`event e1 for Broker shop/default  (e.event.json)
trigger orders  refused
  knative.yaml:9:18  filters[1].any[0].cesql: the expression is false with amount 3; filters[1].any[1].prefix.source: source is "/till", which does not begin with "/vip"
trigger all  fires: deliver to http://el-elsewhere.shop.svc.cluster.local:8080/
    method: POST
    url: http://el-elsewhere.shop.svc.cluster.local:8080/
    headers:
      User-Agent: sensorium
      Prefer: reply
      Kn-Namespace: shop
      Idempotency-Key: e009edbccb87fca5487f15faa691ef01
      Ce-Specversion: "1.0"
      Ce-Id: "e1"
      Ce-Source: /till
      Ce-Type: order.made
      Ce-Amount: "3"
      Ce-Knativearrivaltime: "2026-01-31T12:00:00.000Z"
    body: '{"id":7}'`);
  expect(code).toBe(0);
});

test('one Trigger is asked by its name', async () => {
  const { code, text } = await run('knative.yaml#orders', cloudEvent({ type: 'order.made', source: '/vip/1' }));

  expect(text).toMatch(
    /^event e1 for Broker shop\/default {2}\(e\.event\.json\)\ntrigger orders {2}fires: deliver to http:\/\/till\.shop\.svc\.cluster\.local\/\n/,
  );
  expect(text).not.toContain('trigger all');
  expect(code).toBe(0);
});

test('a Subscription is asked by its name, and its Channel need not be in the files', async () => {
  const { text } = await run('knative.yaml#copy', cloudEvent({ type: 'x' }));

  expect(text).toMatch(
    /^event e1 for InMemoryChannel shop\/orders {2}\(e\.event\.json\)\ntrigger copy {2}fires: deliver to http:\/\/copies\.example\/\n/,
  );
});

test('where a receiver is that only a cluster knows is told by the objects that exist', async () => {
  const machine = `{ apiVersion: example.com/v1, kind: Machine, metadata: { name: first, namespace: shop }, status: { address: { url: "http://there" } } }`;

  const without = await run('knative.yaml#chain', cloudEvent({ type: 'x' }));
  const withIt = await run(
    'knative.yaml#chain',
    cloudEvent({ type: 'x' }),
    { with: ['machine.event.json'] },
    { 'machine.event.json': machine },
  );

  expect(without.text).toBe(`event e1 for Sequence shop/chain  (e.event.json)
trigger step-0  fails
  knative.yaml:32:7  this needs Machine shop/first as it is on the cluster, and nothing says what is there  CONFIG_MISSING
    try: give the object: \`existing\` in a test file, --with or --kubeconfig in a dry run`);
  expect(withIt.text).toContain('trigger step-0  fires: deliver to http://there/');
});

test('what is no CloudEvent is refused where one is wanted', async () => {
  expect((await run('knative.yaml#orders', { order: 7 })).code).toBe(
    'sensorium: e.event.json is no CloudEvent: it has no type  CONFIG_INVALID\n  try: a CloudEvent has the fields specversion, id, source, type and data',
  );
});

test('a name that several rules have, and one that none has', async () => {
  const twin = '{ apiVersion: flows.knative.dev/v1, kind: Sequence, metadata: { name: github }, spec: { steps: [{ uri: "http://x/" }] } }';
  const both = await run('', cloudEvent({ type: 'x' }), { name: 'github' }, { 'twin.yaml': twin });
  const none = await run('', cloudEvent({ type: 'x' }), { name: 'ordres' });
  const unnamed = await run('', cloudEvent({ type: 'x' }));

  expect([both.code, none.code, unnamed.code]).toEqual([
    'sensorium: . holds several rules that "github" may mean: EventListener ci/github, Sequence default/github  CONFIG_MISSING\n  try: write EventListener:github in the place of github',
    'sensorium: . holds no rule "ordres" that takes events  CONFIG_MISSING\n  try: did you mean "orders"?',
    'sensorium: . holds several rules: EventListener ci/github, Broker shop/default, InMemoryChannel shop/orders, Sequence shop/chain  CONFIG_MISSING\n  try: say which one: --name NAME, or .#NAME',
  ]);
});

test('programs read the same', async () => {
  const { text } = await run(
    'tekton.yaml#deploy',
    { header: { 'X-Hub-Signature-256': 'sha256=00' }, body: { sender: 'ada' } },
    { output: 'json' },
  );

  expect(JSON.parse(text)).toMatchObject({
    rule: 'EventListener ci/github',
    events: [
      {
        event: { id: 'given-1', source: 'EventListener:github', subject: 'request' },
        dependencies: [{ dependency: 'deploy', passed: true }],
        triggers: [{ trigger: 'deploy', outcome: 'fires', sends: [{ metadata: { name: 'a-note' } }, { metadata: { name: 'another' } }] }],
        leftOut: [
          'interceptor `github` would check the signature in X-Hub-Signature-256',
          'interceptor `checks.ci.svc` would be asked: POST http://checks.ci.svc/',
        ],
      },
    ],
  });
});

test('a rule that is refused is told as validate tells it', async () => {
  using rules = rulesFolder({
    'broken.yaml': 'apiVersion: triggers.tekton.dev/v1beta1\nkind: EventListener\nmetadata: { name: x }\nspec: {}\n',
  });
  const output = remembered();

  expect(await dryRun(rules.path('broken.yaml'), usual, output)).toBe(2);
  expect(rules.shown(output.warnings())).toBe(
    'broken.yaml:4:7  error  this EventListener has no triggers, so nothing would ever come of what it hears  CONFIG_MISSING\n  try: set triggers, triggerGroups, namespaceSelector or labelSelector',
  );
});

test('what hangs on a Secret is said to be left out, and taken for a yes', async () => {
  const guarded = `apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: { name: guarded, namespace: ci, annotations: { tekton.dev/payload-validation: 'false' } }
spec:
  triggers:
    - name: words
      interceptors:
        - ref: { name: cel }
          params: [{ name: filter, value: "header.canonical('X-Word').compareSecret('word', 'door')" }]
      template: &template { spec: { resourcetemplates: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: note } }] } }
    - name: chat
      interceptors:
        - ref: { name: slack }
          params:
            - { name: requestedFields, value: [text] }
            - { name: secretRef, value: { secretName: chat, secretKey: signing } }
      template: *template
`;
  const files = { 'guarded.yaml': guarded };
  const slack = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'X-Slack-Signature': 'v0=00',
    'X-Slack-Request-Timestamp': String(Date.parse('2026-01-31T12:00:00Z') / 1000),
  };

  const words = await run('guarded.yaml#words', { header: { 'X-Word': 'sesame' }, body: {} }, {}, files);
  const chat = await run('guarded.yaml#chat', { header: slack, body: 'text=build&user=ada' }, {}, files);

  expect(words.text).toMatch(/^trigger words {2}fires: create ConfigMap ci\/note$/m);
  expect(words.text).toMatch(
    /^not asked here: interceptor `cel` would compare with a Secret, so neither its filter nor its overlays are worked out$/m,
  );
  expect(chat.text).toMatch(/^trigger chat {2}fires: create ConfigMap ci\/note$/m);
  expect(chat.text).toMatch(/^not asked here: interceptor `slack` would check the signature in X-Slack-Signature$/m);
});
