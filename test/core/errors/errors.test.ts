import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closest } from '../../../src/core/errors/closest.ts';
import { codes, type ErrorCode } from '../../../src/core/errors/codes.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { error } from '../../../src/core/errors/finding.ts';
import { fromUnknown, reasonOf } from '../../../src/core/errors/from-unknown.ts';

const root = join(import.meta.dirname, '..', '..', '..');

test('an error says what its row says, with its fields in place', () => {
  const thrown = new EngineError('UNREACHABLE_BUS', { server: 'nats://a:4222', reason: 'connection refused' });

  expect(thrown.message).toBe('the bus at nats://a:4222 cannot be reached: connection refused');
  expect(thrown.hint).toBe('is nats-server running there, with JetStream on (`-js`)?');
  expect(thrown.retry).toBe('backoff');
});

test('a throw may know better than its row', () => {
  expect(new EngineError('REMOTE_KUBE_BUSY', {}, { retry: { after: 5000 } }).retry).toEqual({ after: 5000 });
});

test('a finding takes message and hint from the same row', () => {
  expect(error('CONFIG_FILE_MISSING', [], { file: 'a.yaml', reason: 'there is no such file' })).toMatchObject({
    severity: 'error',
    message: 'cannot read a.yaml: there is no such file',
    hint: 'check the path',
  });
});

test('what is not ours is a bug with its reason, and keeps its cause', () => {
  const cause = new TypeError('x is not a function');

  expect(fromUnknown(cause)).toMatchObject({ code: 'BUG_UNEXPECTED', message: 'unexpected: x is not a function', cause });
  expect(fromUnknown(new EngineError('CONFLICT_STATE', { key: 'a' }))).toMatchObject({ code: 'CONFLICT_STATE' });
});

test('the reason of an error is that of its innermost cause', () => {
  expect(reasonOf(new Error('fetch failed', { cause: new Error('connect ECONNREFUSED') }))).toBe('connect ECONNREFUSED');
  expect(reasonOf(new AggregateError([new Error('first'), new Error('second')]))).toBe('first');
  expect(reasonOf('text')).toBe('text');
});

test('the closest word is offered only when one is near', () => {
  expect(closest('resorce', ['resource', 'webhook'])).toBe('resource');
  expect(closest('resoucre', ['resort', 'resource'])).toBe('resource');
  expect(closest('banana', ['resource', 'webhook'])).toBeUndefined();
  expect(closest('ab', ['xy', 'x'])).toBeUndefined();
});

test('every code is used in the product, and no message has an empty place', () => {
  const source = ['src', 'eventbus', 'eventsources', 'sensors']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('codes.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

  expect(Object.keys(codes).filter((code) => !source.includes(`'${code}'`))).toEqual([]);
  expect(Object.entries<ErrorCode>(codes).filter(([, { message }]) => message.trim() === '')).toEqual([]);
});
