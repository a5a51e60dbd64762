import { expect, test } from 'vitest';
import type { CloudEvent } from '../../../../src/core/cloudevents/cloud-event.ts';
import { loweredTtl } from '../../../../src/dialects/knative/broker/ttl.ts';

const eventWith = (knativebrokerttl: string | number | boolean): CloudEvent => ({
  specversion: '1.0',
  id: '1',
  source: '/s',
  type: 't',
  extensions: { knativebrokerttl },
});

test.each<[string | number | boolean, number]>([
  ['7', 6],
  ['1.9', 0],
  ['.5', 0],
  ['1e1', 9],
  ['-3', 0],
  [-3, 0],
  ['seven', 255],
  ['', 255],
  [true, 255],
  ['99999999999', 255],
])('an event that says it may pass %j more times has %d left; what is no number of 32 bits says nothing', (ttl, left) => {
  expect(loweredTtl(eventWith(ttl))).toBe(left);
});
