import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRegex } from '../../src/core/regex.ts';

describe('a pattern matches anywhere in the text', () => {
  test.each([
    ['b', 'abc', true],
    ['^b', 'abc', false],
    ['^ab', 'abc', true],
    ['bc$', 'abc', true],
    ['^abc$', 'abc', true],
    ['^abc$', 'abc\n', false],
    ['', '', true],
    ['^$', 'a', false],
    ['api\\.example\\.com', 'https://api.example.com/', true],
    ['api\\.example\\.com', 'https://apiXexample.com/', false],
    ['a.c', 'a\nc', false],
    ['(?s)a.c', 'a\nc', true],
    ['(?i)ABC', 'xabc', true],
    ['^(web|db)-\\d+$', 'web-12', true],
    ['\\pL', '5é', true],
    ['[[:alpha:]]\\z', 'ab1', false],
    ['{x}', '{x}', true],
  ])('%j in %j: %s', (pattern, text, matches) => {
    expect(compileRegex(pattern).test(text)).toBe(matches);
  });
});

test.each([
  ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
  ['(a)\\1', 'invalid escape sequence: `\\1`'],
  ['[a', 'missing closing ]: `[a`'],
  ['(a', 'missing closing ): `(a`'],
  ['a**', 'invalid nested repetition operator: `**`'],
])('%s is refused with the reason', (pattern, reason) => {
  expect(() => compileRegex(pattern)).toThrow(
    expect.objectContaining({ code: 'CONFIG_REGEX', message: `regular expression "${pattern}": ${reason}` }),
  );
});

/** The arrow stands under the mistake. */
test.each([
  ['a(b', ' ^'],
  ['(a)(b(c)', '   ^'],
  ['[(](', '   ^'],
  ['\\((', '  ^'],
  ['a)b', ' ^'],
  ['(a))(', '   ^'],
  ['x[a', ' ^'],
  ['a*|*', '   ^'],
  ['a*b**', '   ^'],
  ['x{2}y{2,1}', '     ^'],
  ['é[z-a]', '  ^'],
  ['a(?=b)', ' ^'],
  ['\\\\\\q', '  ^'],
  ['ab\\', '  ^'],
  ['\\pL\\p{Foo}', '   ^'],
])('the place of the mistake is known\n  %s\n  %s', (pattern, arrow) => {
  expect(() => compileRegex(pattern)).toThrow(
    expect.objectContaining({ fields: expect.objectContaining({ pattern, offset: arrow.indexOf('^') }) }),
  );
});

test('a pattern that is only a word is the same, compared as text or as a pattern', () => {
  const word = fc.array(fc.constantFrom('a', 'b', '.', '\\.', '\\', '$', '^', '😀', ' ', '-', '\\-', '(', '\n', '{'), { maxLength: 5 });
  fc.assert(
    fc.property(
      word,
      fc.array(fc.constantFrom('a', 'b', '.', '$', '-', '😀', ' ', '\n', '\\', '{'), { maxLength: 6 }),
      (parts, letters) => {
        const text = letters.join('');
        let asWord: ReturnType<typeof compileRegex>;
        try {
          asWord = compileRegex(parts.join(''));
        } catch {
          return;
        }
        expect(asWord.test(text)).toBe(asWord.exec(text) !== undefined);
      },
    ),
    { numRuns: 1000 },
  );
});

describe('a match', () => {
  test('tells where it is and what its groups caught, in UTF-16 units', () => {
    const match = compileRegex('(?P<word>[a-z]+)(-)?(?:x)?(\\d)').exec('😀 ab1');

    expect(match).toEqual({
      index: 3,
      length: 3,
      text: 'ab1',
      groups: [
        { name: 'word', index: 3, length: 2, text: 'ab' },
        { name: undefined, index: -1, length: 0, text: undefined },
        { name: undefined, index: 5, length: 1, text: '1' },
      ],
    });
  });

  test('is looked for from an index on, with the text before it in view', () => {
    expect(compileRegex('a').exec('aba', 1)?.index).toBe(2);
    expect(compileRegex('^a').exec('aa', 1)).toBeUndefined();
    expect(compileRegex('\\ba').exec('aa', 1)).toBeUndefined();
    expect(compileRegex('$').exec('ab', 2)).toEqual({ index: 2, length: 0, text: '', groups: [] });
    expect(compileRegex('a').exec('a', 2)).toBeUndefined();
  });
});

test('options change the dialect as the flags in a pattern do', () => {
  expect(compileRegex('ab', { caseInsensitive: true }).test('AB')).toBe(true);
  expect(compileRegex('a.b', { dotAll: true }).test('a\nb')).toBe(true);
  expect(compileRegex('^b', { multiLine: true }).test('a\nb')).toBe(true);
  expect(compileRegex('a|ab', { longest: true }).exec('ab')?.text).toBe('ab');
  expect(compileRegex('a|ab').exec('ab')?.text).toBe('a');
});

test('a pattern made to be slow is not', () => {
  expect(compileRegex('(a+)+$').test(`${'a'.repeat(20_000)}b`)).toBe(false);
});
