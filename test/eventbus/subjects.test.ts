import fc from 'fast-check';
import { expect, test } from 'vitest';
import { subjectOf } from '../../eventbus/subjects.ts';

test('names that Argo can carry travel as Argo writes them', () => {
  expect(subjectOf('default', { source: 'my-es_1', subject: 'Example$ä/b' })).toBe('default.my-es_1.Example$ä/b');
  expect(subjectOf('default', { source: '50%', subject: '%2e' })).toBe('default.50%.%2e');
});

test('names that a token cannot hold are escaped', () => {
  expect(subjectOf('default', { source: 'a.b', subject: 'c d*>\t' })).toBe('default.a%2Eb.c%20d%2A%3E%09');
  expect(subjectOf('default', { source: 'a%2Eb', subject: 'x' })).toBe('default.a%252Eb.x');
});

const name = fc.oneof(
  fc.string({ minLength: 1, unit: 'grapheme' }),
  fc.string({ minLength: 1, unit: fc.constantFrom('%', '2', 'E', '5', '.', 'a', ' ') }),
);

const readBack = (token: string): string => token.replace(/%([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

test('a subject is three tokens, from which both names can be read back: no two origins share one', () => {
  fc.assert(
    fc.property(name, name, (source, subject) => {
      const carried = subjectOf('default', { source, subject });
      expect(carried.split('.').map(readBack)).toEqual(['default', source, subject]);
      expect(carried).toMatch(/^default\.[^. \t\r\n*>]+\.[^. \t\r\n*>]+$/u);
    }),
  );
});

test('half a character is refused', () => {
  expect(() => subjectOf('default', { source: 'a\ud800', subject: 'x' })).toThrow('it is not well-formed Unicode');
});
