import { expect, test } from 'vitest';
import { file } from '../../../eventsources/file/index.ts';
import { compileMatch } from '../../../eventsources/file/match.ts';
import { read } from '../../../src/core/schema/read.ts';

const entry = <Paths extends object>(watchPathConfig: Paths, eventType = 'CREATE') => ({ eventType, watchPathConfig });

function findings(spec: object): string[] {
  const { value, findings } = read(file.spec, spec);
  const all = value && findings.length === 0 ? file.check!(value) : findings;
  return all.map(({ severity, path, message, hint }) => `${severity} ${path.join('.')}: ${message}${hint ? ` (${hint})` : ''}`);
}

test.each([
  [entry({ directory: '/d/', path: 'x' }), []],
  [{ watchPathConfig: { directory: '/d', path: 'x' } }, ['error eventType: type must be specified']],
  [{ eventType: 'CREATE' }, ['error watchPathConfig: directory is required']],
  [entry({ path: 'x' }), ['error watchPathConfig.directory: directory is required']],
  [entry({ directory: 'd', path: 'x' }), ['error watchPathConfig.directory: directory must be an absolute file path']],
  [entry({ directory: '/d' }), ['error watchPathConfig: either path or pathRegexp must be specified']],
  [entry({ directory: '/d', path: 'x', pathRegexp: 'x' }), ['error watchPathConfig: path and pathRegexp cannot be specified together']],
  [entry({ directory: '/d', path: '/x' }), ['error watchPathConfig.path: path must be a relative file path']],
  [
    entry({ directory: '/d', path: 'in/x' }),
    [
      'warning watchPathConfig.path: "in/x" is never sent: folders in the directory are not looked at (name the inner folder as `directory`)',
    ],
  ],
  [
    entry({ directory: '/d', pathRegexp: '(' }),
    [
      'error watchPathConfig.pathRegexp: regular expression "(": missing closing ): `(` (patterns are RE2, as in Go: no look-around and no back-references)',
    ],
  ],
  [
    entry({ directory: '/d', path: 'x' }, 'create'),
    ['warning eventType: "create" is never sent: there are CREATE, WRITE, REMOVE, RENAME and CHMOD (did you mean CREATE?)'],
  ],
  [
    entry({ directory: '/d', path: 'x' }, 'CREATE|WRITE'),
    ['warning eventType: "CREATE|WRITE" is never sent: an event has one operation, so write an entry for each'],
  ],
])('what is wrong with %j is told', (spec, expected) => {
  expect(findings(spec)).toEqual(expected);
});

test('a directory is the same with and without a slash at its end', () => {
  for (const directory of ['/d', '/d/']) {
    expect(compileMatch(entry({ directory, path: 'x.txt' }))('/d/x.txt', 'CREATE')).toBe(true);
    expect(compileMatch(entry({ directory, pathRegexp: '^x' }))('/d/x.txt', 'CREATE')).toBe(true);
    expect(compileMatch(entry({ directory, path: 'x.txt' }))('/d/ax.txt', 'CREATE')).toBe(false);
  }
});
