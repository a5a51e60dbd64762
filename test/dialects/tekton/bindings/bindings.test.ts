import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../../src/core/errors/engine-error.ts';
import type { JsonObject } from '../../../../src/core/json/json.ts';
import { bindingDocument, compileBindings } from '../../../../src/dialects/tekton/bindings/index.ts';
import { ListenerCall } from '../../../../src/dialects/tekton/listener/call.ts';

const body = {
  ref: 'refs/heads/main',
  head_commit: { id: '1a2b', message: 'say "hi"\nand $(body.ref)' },
  commits: [{ id: 'a' }, { id: 'b' }],
  number: 42,
};

const call = new ListenerCall({ url: '/', header: { 'X-Github-Event': ['push', 'tag'] }, body: JSON.stringify(body) });

const document = bindingDocument(call, { changed: ['a.txt'] }, 'e1');

function textOf(value: string, defaults: Record<string, string> = {}, binding?: string): string | undefined {
  return compileBindings([{ name: 'p', value, binding }])(document, new Map(Object.entries(defaults))).get('p');
}

function refusal(value: string, binding?: string): string {
  try {
    return `none: ${textOf(value, {}, binding)}`;
  } catch (thrown) {
    const { code, message, hint } = thrown as EngineError;
    return `${code}: ${message} (${hint})`;
  }
}

describe('the value of a param', () => {
  test.each([
    ['main', 'main'],
    ['$(body.ref)', 'refs/heads/main'],
    ['$(body.number)-$(context.eventID)', '42-e1'],
    ['$(header.x-github-event)', 'push,tag'],
    ['$(extensions.changed)', '["a.txt"]'],
    ['$(body.commits[*].id)', '["a","b"]'],
    ['$(body.head_commit)', '{"id":"1a2b","message":"say \\"hi\\"\\nand $(body.ref)"}'],
    ['$(', '$('],
    ['$$(body.ref)', '$refs/heads/main'],
  ])('%s is %s', (value, text) => {
    expect(textOf(value)).toBe(text);
  });

  test('what an event says is never read as an expression', () => {
    expect(textOf('$(body.head_commit.message) $(body.ref)')).toBe('say \\"hi\\"\\nand $(body.ref) refs/heads/main');
  });

  test('integers are doubles, as the dialect has it', () => {
    const big = new ListenerCall({ url: '/', header: {}, body: '{"n":12345678901234567890,"l":[9007199254740993]}' });
    const params = compileBindings([{ name: 'p', value: '$(body.n) $(body.l) $(body)', binding: undefined }]);

    const values = params(bindingDocument(big, null, 'e'), new Map());

    expect(values.get('p')).toBe('12345678901234567000 [9007199254740992] {"l":[9007199254740992],"n":12345678901234567000}');
  });
});

describe('defaults', () => {
  test('take the place of what is not there, also of what cannot be read, and of nothing else', () => {
    expect(textOf('pre-$(body.nope)-$(body.ref)', { p: 'D' })).toBe('pre-D-refs/heads/main');
    expect(textOf('$(body[)', { p: '' })).toBe('');
    expect(textOf('$(body.ref)', { p: 'D' })).toBe('refs/heads/main');
  });

  test('are there for params that no binding gives, and are not read', () => {
    const values = compileBindings([])(document, new Map([['q', '$(body.ref)']]));

    expect([...values]).toEqual([['q', '$(body.ref)']]);
  });
});

describe('what is not there and has no default', () => {
  test.each([
    [
      '$(body.head_comit.id)',
      'EVENT_PARAMETER: the param "p" of TriggerBinding ci/push: $(body.head_comit.id): "head_comit" is not there' +
        ' (did you mean body.head_commit.id?; or: a `default` of the param in the template takes its place)',
    ],
    [
      '$(header.x-gitlab-event)',
      'EVENT_PARAMETER: the param "p" of TriggerBinding ci/push: $(header.X-Gitlab-Event): "X-Gitlab-Event" is not there' +
        ' (did you mean header.X-Github-Event?; or: a `default` of the param in the template takes its place)',
    ],
    [
      '$(body.commits[2].id)',
      'EVENT_PARAMETER: the param "p" of TriggerBinding ci/push: $(body.commits[2].id): the list has 2 elements, and none at 2' +
        ' (a `default` of the param in the template takes its place)',
    ],
  ])('%s', (value, text) => {
    expect(refusal(value, 'TriggerBinding ci/push')).toBe(text);
  });

  test('a param of the trigger itself is named alone', () => {
    expect(refusal('$(body.x)')).toBe(
      'EVENT_PARAMETER: the param "p": $(body.x): "x" is not there' +
        ' (body has ref, head_commit, commits, number; or: a `default` of the param in the template takes its place)',
    );
  });

  test('a search without end is no missing key: no default hides it', () => {
    let deep: JsonObject = {};
    for (let level = 0; level < 1500; level++) deep = { a: deep };
    const params = compileBindings([{ name: 'p', value: '$(body..a..a..a)', binding: undefined }]);

    expect(() => params({ body: deep }, new Map([['p', 'D']]))).toThrow(EngineError);
  });
});

test('a body that is not JSON is refused even if nobody reads it', () => {
  const text = new ListenerCall({ url: '/', header: {}, body: 'payload=1' });

  expect(() => bindingDocument(text, null, 'e')).toThrow('the event is not JSON: unexpected "p" at line 1, column 1, wanted a value');
});
