import { expect, test } from 'vitest';
import { hideIn, secretsInHeader } from '../../../src/core/access/hide.ts';

const secret = 'pa"ss word&=/é';

test.each([
  ['as it is', secret],
  ['in JSON', JSON.stringify({ said: secret })],
  ['in a URL', `https://x/?a=${encodeURIComponent(secret)}`],
  ['in a form', new URLSearchParams({ a: secret }).toString()],
  ['in base64', Buffer.from(secret).toString('base64')],
  ['in base64 of URLs', Buffer.from(secret).toString('base64url')],
])('a secret is hidden %s', (_, text) => {
  const shown = hideIn(`it was ${text}.`, [secret]);

  expect(shown).toContain('<hidden>');
  expect(shown).not.toContain('pa');
});

test('of a header its word stays, and what is too short to tell', () => {
  const basic = `Basic ${Buffer.from('ann:s3cret').toString('base64')}`;

  expect(hideIn('Bearer abcdef', secretsInHeader('Bearer abcdef'))).toBe('<hidden>');
  expect(hideIn('no abcdef, no Bearer', secretsInHeader('Bearer abcdef'))).toBe('no <hidden>, no Bearer');
  expect(hideIn(`${basic} is ann with s3cret`, secretsInHeader(basic))).toBe('<hidden> is ann with <hidden>');
});

test('one secret within another is hidden with it', () => {
  expect(hideIn('abcdefgh', ['abcd', 'abcdefgh'])).toBe('<hidden>');
});
