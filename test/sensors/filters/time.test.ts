import { expect, test } from 'vitest';
import { compileTimeFilter } from '../../../sensors/filters/time.ts';
import { buildEvent } from '../../support/build-sensor.ts';
import { findingTexts } from '../../support/compile-sensor.ts';

const at = (time: string, start: string, stop: string, timezone?: string) =>
  compileTimeFilter({ start, stop, ...(timezone ? { timezone } : {}) }, []).value({ ...buildEvent('1'), time });

test('a refusal tells the time in the zone of the filter', () => {
  expect(at('2026-07-18T12:00:00Z', '09:00:00', '17:00:00', 'Asia/Tokyo')).toEqual({
    at: 'filters.time',
    because: "the event's time of day is 21:00:00, wanted from 09:00:00 until 17:00:00",
  });
});

test('the window moves with the clocks of the zone', () => {
  expect(at('2026-03-28T08:30:00Z', '09:00:00', '17:00:00', 'Europe/Berlin')).toBeUndefined();
  expect(at('2026-03-29T07:30:00Z', '09:00:00', '17:00:00', 'Europe/Berlin')).toBeUndefined();
  expect(at('2026-03-28T07:30:00Z', '09:00:00', '17:00:00', 'Europe/Berlin')).toBeDefined();
});

test('a window may span midnight', () => {
  expect(at('2026-07-18T23:30:00Z', '22:00:00', '06:00:00')).toBeUndefined();
  expect(at('2026-07-18T05:59:59.999Z', '22:00:00', '06:00:00')).toBeUndefined();
  expect(at('2026-07-18T06:00:00Z', '22:00:00', '06:00:00')).toBeDefined();
});

test('an event without a time is of midnight, as in Argo Events', () => {
  expect(at('', '22:00:00', '06:00:00')).toBeUndefined();
  expect(at('', '06:00:00', '22:00:00')?.because).toBe("the event's time of day is 00:00:00, wanted from 06:00:00 until 22:00:00");
});

test('spaces before a time of day are passed over, others tell where they are', () => {
  expect(at('2026-07-18T12:00:00Z', '  9:00:00', '17:00:00')).toBeUndefined();
  expect(at('2026-07-18T12:00:00Z', '9:00:00 ', '17:00:00')?.because).toBe(
    'time filter error (parsing time "2026-07-18 9:00:00 ": extra text: " ")',
  );
});

test('what can never work is found when the rule is loaded', () => {
  const findings = (start: string, stop: string, timezone?: string) =>
    findingTexts(compileTimeFilter({ start, stop, ...(timezone ? { timezone } : {}) }, ['time']).findings);

  expect(findings('09:00:00', '17:00:00')).toEqual([]);
  expect(findings('09:00:00', '09:00:00')).toEqual([
    "error time.stop: invalid event time filter: stop '09:00:00' is equal to start '09:00:00",
  ]);
  expect(findings('9', '25:00:00', 'Mars/Base')).toEqual([
    "error time.timezone: invalid timezone 'Mars/Base': unknown time zone Mars/Base (a name of the IANA database, such as Europe/Berlin)",
    'error time.start: parsing time "9" as "2006-01-02 15:04:05": cannot parse "" as ":" (write it as 09:30:00)',
    'error time.stop: parsing time "25:00:00": hour out of range (write it as 09:30:00)',
  ]);
  expect(findings('09:00:00', '17:00:00', 'Europe/Berln')).toEqual([
    "error time.timezone: invalid timezone 'Europe/Berln': unknown time zone Europe/Berln (did you mean Europe/Berlin?)",
  ]);
});
