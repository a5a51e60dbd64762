import { expect, test } from 'vitest';
import { parseDocuments } from '../../../src/core/yaml/documents.ts';

const one = (text: string) => parseDocuments(text)[0]!;

test('reads what kubectl reads: yes and off are booleans, 0644 is octal, quoted texts stay texts', () => {
  expect(one('a: yes\nb: off\nc: 0644\nd: "yes"\ne: 10\nf: 1.5\ng: 2024-01-01\n').value).toEqual({
    a: true,
    b: false,
    c: 420,
    d: 'yes',
    e: 10,
    f: 1.5,
    g: '2024-01-01',
  });
});

test('keeps every digit of an integer', () => {
  expect(one('a: 12345678901234567890\nb: 9007199254740991').value).toEqual({ a: 12345678901234567890n, b: 9007199254740991 });
});

test('reads many documents and leaves out empty ones', () => {
  expect(parseDocuments('a: 1\n---\n---\n# only a comment\n---\nb: 2\n').map(({ value }) => value)).toEqual([{ a: 1 }, { b: 2 }]);
});

test('names the place of a value, of a key, and of the nearest parent of what is missing', () => {
  const document = one('spec:\n  triggers:\n    - template:\n        name: x\n');

  expect(document.positionOf(['spec', 'triggers', 0, 'template', 'name'])).toEqual({ line: 4, column: 15 });
  expect(document.positionOf(['spec', 'triggers', 0, 'template', 'name'], { atKey: true })).toEqual({ line: 4, column: 9 });
  expect(document.positionOf(['spec', 'triggers', 0, 'template', 'k8s'])).toEqual({ line: 4, column: 9 });
});

test('names the place inside a block text and inside a quoted text', () => {
  const document = one('jq: |\n  .a\n  | then\nq: ".a | then"\n');

  expect(document.positionOf(['jq'], { offset: 5 })).toEqual({ line: 3, column: 5 });
  expect(document.positionOf(['q'], { offset: 5 })).toEqual({ line: 4, column: 10 });
});

test('a tab is named as such, with its place', () => {
  const { value, problems } = one('a:\n\tb: 1\n');

  expect(value).toBeUndefined();
  expect(problems[0]).toEqual({
    message: 'a tab is used for indentation; YAML allows only spaces there',
    position: { line: 2, column: 1 },
  });
});

test('a key that is there twice is refused', () => {
  expect(one('a: 1\na: 2\n').problems[0]).toEqual({ message: 'this key is there twice in the same map', position: { line: 2, column: 1 } });
});

test('a key that is there twice is found deep inside, and among many', () => {
  const many = Array.from({ length: 20_000 }, (_, index) => `key${index}: ${index}\n`).join('');

  expect(Object.keys(one(many).value as object).length).toBe(20_000);
  expect(one(`${many}key7: x\n`).problems[0]?.position).toEqual({ line: 20_001, column: 1 });
  expect(one('a:\n- b: {c: 1, "d": 2, d: 3}\n').problems[0]?.position).toEqual({ line: 2, column: 21 });
  expect(one('a: &a {b: 1}\nc: &c {d: 1}\ne: {<<: *a, <<: *c}\n').value).toMatchObject({ e: { b: 1, d: 1 } });
});

test('a template that nobody has filled in is told from YAML', () => {
  expect(one('metadata:\n  name: {{ .name }}\n').problems).toEqual([
    {
      message: 'a key is a text, and this is none; a template with `{{ … }}` has to be filled in before',
      position: { line: 2, column: 10 },
    },
  ]);
});

test.each([['- '.repeat(50_000)], [`${'['.repeat(50_000)}${']'.repeat(50_000)}`]])('what is nested too deeply is refused', (text) => {
  expect(one(text).problems[0]?.message).toBe('it is nested too deeply');
});

test('maps within maps as keys are refused, and no place in them is looked for at length', () => {
  const broken = one(`${'{'.repeat(40)}a${'}'.repeat(40)}`);
  const aliases = Array.from({ length: 40 }, (_, index) => `a${index + 1}: &a${index + 1} {*a${index} : 1}\n`).join('');

  expect(broken.problems[0]?.message).toMatch(/^a key is a text, and this is none/);
  expect(broken.positionOf(['metadata', 'name'])).toEqual({ line: 1, column: 1 });
  expect(one(`a0: &a0 {x: 1}\n${aliases}`).problems[0]).toMatchObject({ position: { line: 2, column: 10 } });
});
