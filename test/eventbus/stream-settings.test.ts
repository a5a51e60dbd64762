import { expect, test } from 'vitest';
import { parseStreamConfig } from '../../eventbus/stream-settings.ts';

test('limits are read as Argo reads them: keys in any case, Go durations, bare nanoseconds', () => {
  const text = 'maxMsgs: 10\nMAXBYTES: "-1"\nmaxAge: 1h30m\nreplicas: 1\nduplicates: 5000000000\ndiscard: 0\nretention: 0\n';

  expect(parseStreamConfig(text)).toEqual({
    settings: { maxMsgs: 10, maxBytes: -1, maxAge: 5_400_000, replicas: 1, duplicates: 5000 },
    warnings: [],
    problems: [],
  });
});

test('no text sets nothing', () => {
  for (const text of [undefined, '', '# nothing\n']) expect(parseStreamConfig(text)).toEqual({ settings: {}, warnings: [], problems: [] });
});

test('what would lose messages, and what nobody knows, is warned about', () => {
  expect(parseStreamConfig('retention: 2\nmaxMsg: 5').warnings).toEqual([
    { message: 'streamConfig: retention is not taken over: sensors and event sources read messages that others have read', offset: 0 },
    { message: 'streamConfig: unknown setting "maxMsg" is ignored', offset: 13 },
  ]);
});

test('what cannot be read is a problem', () => {
  expect(parseStreamConfig('maxAge: 7d\nreplicas: many\nmaxMsgs: 1.5').problems).toEqual([
    { message: 'streamConfig: maxAge is not a duration: 7d', offset: 8 },
    { message: 'streamConfig: replicas is not a whole number: many', offset: 21 },
    { message: 'streamConfig: maxMsgs is not a whole number: 1.5', offset: 35 },
  ]);
  expect(parseStreamConfig('- 1').problems).toEqual([{ message: 'streamConfig is not a list of settings', offset: 0 }]);
  expect(parseStreamConfig('a: [').problems[0]?.message).toMatch(/^streamConfig is not valid YAML: /);
});
