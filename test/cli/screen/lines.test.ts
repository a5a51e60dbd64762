import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { screenListener } from '../../../src/cli/screen/lines.ts';
import { createTell } from '../../../src/core/telemetry/tell.ts';
import { TestClock } from '../../support/clock.ts';

test('a rule of the whole cluster has no namespace, and a refusal is one line', () => {
  const lines: string[] = [];
  const tell = createTell(screenListener((line) => void lines.push(stripVTControlCharacters(line)), new TestClock()));

  tell.ruleLoaded({ kind: 'ClusterInterceptor', namespace: undefined, name: 'guard', changed: false });
  tell.callRefused({ eventsource: 'github', event: 'request', status: 400, reason: 'no JSON\n' });

  expect(lines).toEqual(['12:00:00.000  rule  ClusterInterceptor guard', '12:00:00.000  call refused  github/request  400 no JSON']);
});
