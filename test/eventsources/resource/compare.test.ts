import { expect, test } from 'vitest';
import { type Look, meaningOf } from '../../../eventsources/resource/compare.ts';

const passing = { resourceVersion: '5', passes: true };
const left = { resourceVersion: '5', passes: false };
const watched = (more: object = {}): Look => ({ by: 'watch', gone: false, resourceVersion: '7', passes: true, met: false, ...more });
const listed = (more: object = {}): Look => ({ by: 'list', resourceVersion: '7', passes: true, met: false, ...more });
const absent: Look = { by: 'absence' };

test.each([
  ['the watch shows an object for the first time', watched(), undefined, 'ADD', 'remember'],
  ['the watch shows one that was there but did not pass', watched({ met: true }), undefined, 'UPDATE', 'remember'],
  ['the watch shows a change', watched(), passing, 'UPDATE', 'remember'],
  ['the same version comes again', watched({ resourceVersion: '5' }), passing, undefined, 'leave'],
  ['it ceases to pass', watched({ passes: false }), passing, undefined, 'remember'],
  ['it still does not pass', watched({ passes: false }), left, undefined, 'leave'],
  ['it never passed', watched({ passes: false }), undefined, undefined, 'leave'],
  ['it passes again', watched(), left, 'UPDATE', 'remember'],
  ['it passes again unchanged, because the filter changed', watched({ resourceVersion: '5' }), left, 'UPDATE', 'remember'],
  ['it goes', watched({ gone: true }), passing, 'DELETE', 'forget'],
  ['it goes in a state that does not pass', watched({ gone: true, passes: false }), passing, undefined, 'forget'],
  ['it goes after it has ceased to pass', watched({ gone: true, passes: false }), left, undefined, 'forget'],
  ['something goes that nobody knew', watched({ gone: true }), undefined, undefined, 'leave'],
  ['a list shows something new', listed(), undefined, 'ADD', 'remember'],
  ['a list shows something that was there but unknown', listed({ met: true }), undefined, 'UPDATE', 'remember'],
  ['a list shows a change', listed(), passing, 'UPDATE', 'remember'],
  ['a list shows nothing new', listed({ resourceVersion: '5' }), passing, undefined, 'leave'],
  ['a list lacks it', absent, passing, 'DELETE', 'forget'],
  ['a list lacks one that had ceased to pass', absent, left, undefined, 'forget'],
] as const)('%s', (_what, look, remembered, event, memory) => {
  expect(meaningOf(look, remembered)).toEqual({ event, memory });
});

test.each([
  ['it ceases to pass', watched({ passes: false }), passing, 'left', 'remember'],
  ['a list shows that it has ceased to pass', listed({ passes: false }), passing, 'left', 'remember'],
  ['it goes in a state that does not pass', watched({ gone: true, passes: false }), passing, 'left', 'forget'],
  ['it still does not pass', watched({ passes: false }), left, undefined, 'leave'],
  ['it goes after it has left', watched({ gone: true, passes: false }), left, undefined, 'forget'],
  ['the rule changed, not the object', listed({ passes: false, resourceVersion: '5' }), passing, undefined, 'remember'],
  ['it never passed', watched({ passes: false }), undefined, undefined, 'leave'],
  ['it goes', watched({ gone: true }), passing, 'DELETE', 'forget'],
] as const)('where leaving is told of: %s', (_what, look, remembered, event, memory) => {
  expect(meaningOf(look, remembered, true)).toEqual(event === 'left' ? { event: 'DELETE', left: true, memory } : { event, memory });
});
