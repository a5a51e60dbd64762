import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json/json.ts';
import { parseDocuments } from '../../../src/core/yaml/documents.ts';
import { startListeners } from '../../dialects/tekton/listener-world.ts';
import { eventually } from '../../support/eventually.ts';

const listener = parseDocuments(`
apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: builds, namespace: shop}
spec:
  triggers:
    - name: push
      template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}}]}}
`).map(({ value }) => value as JsonObject);

test('what a listener accepts before its sensor has subscribed is worked', async () => {
  let accept = () => {};
  const accepted = new Promise<void>((resolve) => {
    accept = resolve;
  });
  await using world = await startListeners(listener, {
    around: (bus) => ({
      ...bus,
      async *subscribe(...subscription) {
        await accepted;
        yield* bus.subscribe(...subscription);
      },
    }),
  });

  const { status } = await fetch(await world.urlOf(), { method: 'POST', body: '{}' });
  accept();

  expect(status).toBe(202);
  await eventually(() => world.created.length === 1);
});
