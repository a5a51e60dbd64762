import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeKey, encodeKey, keysBelow } from '../../eventbus/jetstream/keys.ts';
import { busNames, encodeName } from '../../eventbus/names.ts';

const shown = ({ bucket, durable, ...names }: ReturnType<typeof busNames>) => ({
  ...names,
  bucket: bucket('a/b'),
  durable: durable('a/b'),
});

test("the only bus of its servers has Argo's stream", () => {
  expect(shown(busNames({ namespace: 'team', name: 'default', alone: true }))).toEqual({
    bus: 'team/default',
    stream: 'default',
    queues: 'sensorium-queue',
    parked: 'sensorium-parked',
    leases: 'sensorium_leases',
    bucket: 'sensorium-a_2fb',
    durable: 'sensorium-a_2fb',
  });
});

test('one of several carries namespace and name', () => {
  expect(shown(busNames({ namespace: 'team-a', name: 'x.y', alone: false }))).toEqual({
    bus: 'team-a/x.y',
    stream: 'default__team-a__x_2ey',
    queues: 'sensorium-queue__team-a__x_2ey',
    parked: 'sensorium-parked__team-a__x_2ey',
    leases: 'sensorium_leases__team-a__x_2ey',
    bucket: 'sensorium__team-a__x_2ey-a_2fb',
    durable: 'sensorium-a_2fb',
  });
});

test('no two names are encoded alike, and every one fits a stream', () => {
  const any = fc.oneof(fc.string({ unit: 'binary-ascii' }), fc.string({ minLength: 90, maxLength: 300 }), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(any, any, (a, b) => {
      expect(encodeName(a) === encodeName(b)).toBe(a === b);
      expect(encodeName(a)).toMatch(/^[A-Za-z0-9_-]{0,72}$/);
    }),
  );
  const long = 'n'.repeat(253);
  expect(`KV_${busNames({ namespace: long, name: long, alone: false }).bucket(long)}`.length).toBeLessThanOrEqual(255);
});

test('a key is read back from its tokens', () => {
  const key = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom('/', '.', '%', 'a', ' ') }));
  fc.assert(
    fc.property(key, (text) => {
      expect(decodeKey(encodeKey(text))).toBe(text);
      expect(encodeKey(text)).toMatch(/^[^.\s*>]+(\.[^.\s*>]+)*$/u);
    }),
  );
});

test('the subject below a prefix takes whole parts only', () => {
  expect([keysBelow(''), keysBelow('a'), keysBelow('a/'), keysBelow('a/b'), keysBelow('a.b/c/')]).toEqual([
    '>',
    '>',
    'a.>',
    'a.>',
    'a%2Eb.c.>',
  ]);
});
