import { expect, test } from 'vitest';
import { instantOf, zoneNamed } from '../../../src/core/time/zone.ts';

const instant = (zone: string, wall: string) => new Date(instantOf(zoneNamed(zone)!, Date.parse(`${wall}Z`))).toISOString();

test('a zone knows its offset, also in summer', () => {
  const berlin = zoneNamed('Europe/Berlin')!;

  expect(berlin.offsetAt(Date.parse('2026-01-01T00:00:00Z'))).toBe(3_600_000);
  expect(berlin.offsetAt(Date.parse('2026-07-01T00:00:00.5Z'))).toBe(7_200_000);
  expect(zoneNamed('America/St_Johns')!.offsetAt(0)).toBe(-3.5 * 3_600_000);
});

test('a name that no zone has is none', () => {
  expect(zoneNamed('Mars/Base')).toBeUndefined();
  expect(zoneNamed('+02:00')).toBeUndefined();
});

test('what clocks show is an instant, around a change of the clocks too', () => {
  expect(instant('America/New_York', '2026-07-01T09:00:00')).toBe('2026-07-01T13:00:00.000Z');
  expect(instant('Europe/Berlin', '2026-03-29T01:59:59')).toBe('2026-03-29T00:59:59.000Z');
  expect(instant('Europe/Berlin', '2026-03-29T03:00:00')).toBe('2026-03-29T01:00:00.000Z');
  expect(instant('Europe/Berlin', '2026-10-25T03:00:00')).toBe('2026-10-25T02:00:00.000Z');
  expect(instant('UTC', '2026-10-25T03:00:00')).toBe('2026-10-25T03:00:00.000Z');
});
