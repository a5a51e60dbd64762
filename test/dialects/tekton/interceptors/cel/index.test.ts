import { describe, expect, test } from 'vitest';
import type { KeySelector } from '../../../../../src/core/access/selectors.ts';
import { EngineError } from '../../../../../src/core/errors/engine-error.ts';
import type { JsonObject } from '../../../../../src/core/json/json.ts';
import { celInterceptor } from '../../../../../src/dialects/tekton/interceptors/cel/index.ts';
import type { InterceptorContext, InterceptorRequest } from '../../../../../src/dialects/tekton/interceptors/interceptor.ts';
import { ListenerCall } from '../../../../../src/dialects/tekton/listener/call.ts';

const push: JsonObject = {
  action: 'closed',
  ref: 'refs/heads/main',
  number: 7,
  labels: [{ name: 'bug' }, { name: 'urgent' }],
  head: { sha: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821' },
};

const header = { 'X-Github-Event': ['pull_request'], 'X-Secret-Token': ['letmein'], 'X-Multi': ['one', 'two'] };

const requestOf = (body: string, extensions: JsonObject = {}): InterceptorRequest => ({
  call: new ListenerCall({ url: '/hook?x=1', header, body }),
  extensions,
  triggerId: 'namespaces/ci/triggers/build',
  eventId: 'e1',
  receivedAt: 0,
});

const request = requestOf(JSON.stringify(push));

function contextOf(secrets: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const secret = async ({ name, key }: KeySelector) => {
    asked.push(`${name}/${key}`);
    const value = secrets[`${name}/${key}`];
    if (value === undefined)
      throw new EngineError('CONFIG_SECRET', { what: 'Secret', namespace: 'ci', name, key, reason: 'it does not exist' });
    return value;
  };
  return { asked, context: { secrets: { secret } } as unknown as InterceptorContext };
}

const decide = (params: JsonObject, of = request) => celInterceptor(params).interceptor.decide(of);

const because = (filter: string, of = request) => {
  const answer = decide({ filter }, of);
  return answer?.continue === false ? [answer.code, answer.message] : [];
};

describe('a filter that stops a call says which part did, and what it found', () => {
  test.each([
    ["body.action == 'opened'", 'body.action is "closed", and body.action == \'opened\' is wanted'],
    [
      "body.number > 6 && body.action in ['opened', 'reopened']",
      "body.action is \"closed\", and body.action in ['opened', 'reopened'] is wanted",
    ],
    [
      "header.match('X-GitHub-Event', 'push')",
      "header.canonical('X-GitHub-Event') is \"pull_request\", and header.match('X-GitHub-Event', 'push') is wanted",
    ],
    [
      "body.ref.startsWith('refs/tags/') || body.number == 8",
      'body.ref is "refs/heads/main", body.number is 7, and body.ref.startsWith(\'refs/tags/\') || body.number == 8 is wanted',
    ],
    ['has(body.pull_request)', 'body.pull_request is missing, and has(body.pull_request) is wanted'],
    [
      "body.labels.exists(l, l.name == 'ok')",
      'body.labels is [{"name":"bug"},{"name":"urgent"}], and body.labels.exists(l, l.name == \'ok\') is wanted',
    ],
    ["'label' in body", "'label' in body is false"],
    ['body.head.sha.size() < 7', 'body.head.sha is "ec26c3e57ca3a959ca5aad62de7213c562f8c821", and body.head.sha.size() < 7 is wanted'],
    ["extensions.kind == 'x' || true == false", "extensions.kind is missing, and extensions.kind == 'x' || true == false is wanted"],
    ['body.ref', 'body.ref gives "refs/heads/main", which is string: only true lets a call pass'],
  ])('%s', (filter, message) => {
    expect(because(filter).at(-1)).toBe(message);
  });

  test('of several parts the one that is false, though another failed', () => {
    expect(because('body.gone == 1 && body.number == 8')).toEqual([9, 'body.number is 7, and body.number == 8 is wanted']);
  });

  test('with gRPC’s code: 9 where it did not say true, 3 where it failed', () => {
    expect(because('false')).toEqual([9, 'false is false']);
    expect(because('body.pull_request.merged == true')).toEqual([
      3,
      'body.pull_request.merged is missing, and body.pull_request.merged == true is wanted',
    ]);
    expect(because('body.number + 1 == 8')).toEqual([
      3,
      'body.number is 7, no such overload: _+_(double, int), and body.number + 1 == 8 is wanted',
    ]);
  });

  test('and never shows what proves who the sender is', () => {
    const stops = [
      "header.match('X-Secret-Token', 'x')",
      "header.canonical('X-Multi') == 'x' && header.canonical('X-Multi').compareSecret('key', 'secret')",
      "body.password == 'x'",
      'body.password',
    ];
    const body = requestOf('{"password": "letmein"}');

    expect(stops.map((filter) => because(filter, body).at(-1))).toEqual([
      "header.canonical('X-Secret-Token') is not what is wanted",
      "header.canonical('X-Multi') is not what is wanted",
      'body.password is not what is wanted',
      'body.password gives string: only true lets a call pass',
    ]);
  });
});

describe('a body', () => {
  test.each([
    ['', true],
    ['null', true],
    ['{}', true],
    ['[1]', 'the event is not JSON: the body is list, and an object is wanted'],
    ['"x"', 'the event is not JSON: the body is string, and an object is wanted'],
  ])('of %j', (body, wanted) => {
    const answer = decide({ filter: '!has(body.a)' }, requestOf(body));

    expect(answer?.continue || answer?.message).toBe(wanted);
  });

  test('that is not JSON stops the call, with or without a filter', () => {
    expect(decide({}, requestOf('{]'))).toMatchObject({ continue: false, code: 3, message: /^the event is not JSON: / });
  });
});

describe('compareSecret', () => {
  const filter = "header.canonical('X-Secret-Token').compareSecret('token', 'hook', 'ignored') && body.number == 7.0";

  test('has to be asked, and reads the secret then', async () => {
    const { interceptor } = celInterceptor({ filter });
    const { asked, context } = contextOf({ 'hook/token': 'letmein' });

    expect(interceptor.decide(request)).toBeUndefined();
    expect(await interceptor.ask(request, context)).toEqual({ continue: true, extensions: {} });
    expect(asked).toEqual(['hook/token']);
  });

  test('stops a call with another token, and shows neither', async () => {
    const { interceptor } = celInterceptor({ filter });
    const { context } = contextOf({ 'hook/token': 'something else' });
    const answer = await interceptor.ask(request, context);

    expect(answer).toMatchObject({
      continue: false,
      code: 9,
      message: "header.canonical('X-Secret-Token').compareSecret('token', 'hook', 'ignored') is false",
    });
  });

  test('is false for an empty secret, and so for a header that is not there', async () => {
    const { interceptor } = celInterceptor({ filter: "header.canonical('X-Nothing').compareSecret('token', 'hook')" });

    expect(await interceptor.ask(request, contextOf({ 'hook/token': '' }).context)).toMatchObject({ continue: false, code: 9 });
  });

  test('is not needed where the rest says no already', () => {
    const answer = decide({ filter: filter.replace('7.0', '8.0') });

    expect(answer).toMatchObject({ continue: false, message: 'body.number is 7, and body.number == 8.0 is wanted' });
  });

  test('is tried again when the Secret is not there yet', async () => {
    const { interceptor } = celInterceptor({ filter });

    await expect(interceptor.ask(request, contextOf({}).context)).rejects.toMatchObject({ code: 'CONFIG_SECRET', retry: 'backoff' });
  });

  test('is done with a few secrets only', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `key${index}`);
    const { interceptor } = celInterceptor({ filter: names.map((name) => `'x'.compareSecret('${name}', 's')`).join(' || ') });
    const { asked, context } = contextOf(Object.fromEntries(names.map((name) => [`s/${name}`, 'y'])));

    expect(await interceptor.ask(request, context)).toEqual({ continue: false, code: 3, message: 'it compares with more than 20 secrets' });
    expect(asked).toHaveLength(20);
  });

  test('in an overlay is asked only for calls that pass the filter', async () => {
    const overlays = [{ key: 'known', expression: "'letmein'.compareSecret('token', 'hook')" }];
    const { context } = contextOf({ 'hook/token': 'letmein' });

    expect(decide({ filter: 'false', overlays })).toMatchObject({ continue: false });
    expect(decide({ filter: 'true', overlays })).toBeUndefined();
    expect(await celInterceptor({ overlays }).interceptor.ask(request, context)).toEqual({ continue: true, extensions: { known: true } });
  });
});

describe('overlays', () => {
  const overlay = (expression: string, key = 'x') => decide({ overlays: [{ key, expression }] });

  test('put values into the extensions', () => {
    const overlays = [
      { key: 'short.sha', expression: 'body.head.sha.truncate(7)' },
      { key: 'short\\.sha', expression: "base64.decode('aGk=')" },
      { key: 'list.-1', expression: '[1, 2u, 3.5, null, duration("90m"), timestamp("2026-01-02T03:04:05Z")]' },
      { key: 'query', expression: 'requestURL.parseURL().query' },
    ];

    expect(decide({ overlays })).toEqual({
      continue: true,
      extensions: {
        short: { sha: 'ec26c3e' },
        'short.sha': 'aGk=',
        list: [[1, 2, 3.5, null, '5400s', '2026-01-02T03:04:05Z']],
        query: { x: '1' },
      },
    });
  });

  test.each([
    ['null', 'overlay x: it gives null_type, which cannot be an extension'],
    ['1u', 'overlay x: it gives uint, which cannot be an extension'],
    ['type(1)', 'overlay x: it gives type, which cannot be an extension'],
    ['[1.0 / 0.0]', 'overlay x: JSON has no number Infinity'],
  ])('cannot hold %s', (expression, message) => {
    expect(overlay(expression)).toEqual({ continue: false, code: 13, message });
  });

  test('that fail stop the call', () => {
    expect(overlay('body.gone')).toEqual({ continue: false, code: 3, message: 'overlay x: no such key: gone' });
    expect(overlay('1', '')).toMatchObject({ continue: false, code: 13 });
  });
});

describe('params that are wrong', () => {
  test('are told with their place when the rule is read', () => {
    const { findings } = celInterceptor({
      filter: "bodi.action == 'x'",
      overlays: [
        { key: 'a', expression: 'body.a.truncat(7)' },
        { key: 'b', expression: "body.b.translate('[a', '')" },
      ],
    });

    expect(findings.map(({ code, path, message, hint, offset }) => [code, path.join('.'), message, hint, offset])).toEqual([
      ['CONFIG_CEL', 'filter', 'CEL: there is no "bodi"; there are body, header, extensions, requestURL', 'did you mean body?', 0],
      ['CONFIG_CEL', 'overlays.0.expression', 'CEL: there is no function "truncat"', 'did you mean truncate?', 7],
      [
        'CONFIG_REGEX',
        'overlays.1.expression',
        'regular expression "[a": missing closing ]: `[a`',
        'patterns are RE2, as in Go: no look-around and no back-references',
        17,
      ],
    ]);
  });

  test('stop every call', () => {
    expect(because('body.')).toEqual([3, 'CEL: it ends where the name of a field or function should follow']);
    expect(decide({ filter: 'true', overlays: [{ key: 'a', expression: 'x' }] })).toMatchObject({ continue: false, code: 3 });
    expect(decide({ filter: 1 })).toEqual({ continue: false, code: 3, message: 'filter must be a text, not 1' });
    expect(decide({ overlays: {} })).toEqual({ continue: false, code: 3, message: 'overlays must be a list, not a map' });
  });

  test('count whatever the case of their names, and others are told', () => {
    expect(decide({ Filter: "body.action == 'opened'" })).toMatchObject({ continue: false, code: 9 });
    expect(decide({ OVERLAYS: [{ Key: 'n', Expression: 'body.number' }] })).toEqual({ continue: true, extensions: { n: 7 } });
    expect(celInterceptor({ fliter: 'true' }).findings.map(({ severity, message, hint }) => [severity, message, hint])).toEqual([
      ['warning', 'unknown field "fliter" is ignored', 'did you mean "filter"?'],
    ]);
  });

  test('that are empty let every call pass', () => {
    expect(decide({ filter: '', overlays: null })).toEqual({ continue: true, extensions: {} });
  });
});

describe('Tekton’s functions', () => {
  const given = (expression: string) => {
    const answer = decide({ overlays: [{ key: 'v', expression: `[${expression}]` }] });
    return answer?.continue ? (answer.extensions['v'] as unknown[])[0] : answer?.message;
  };

  test.each([
    ["'añb'.truncate(2)", 'a\ufffd'],
    ["'abc'.truncate(-1)", 'overlay v: truncate takes a length from 0 on'],
    ["header.canonical('x-multi')", 'one'],
    ["body.match('Action', 'x')", 'overlay v: only "header" has headers: header.match(name, value), header.canonical(name)'],
    ["'null'.parseJSON()", {}],
    ["'[1]'.parseJSON()", 'overlay v: parseJSON takes the text of an object'],
    ["'a: [1, {b: c}]'.parseYAML().a[1].b", 'c'],
    ["'a: 1\\n---\\nb: 2'.parseYAML()", { a: 1 }],
    ["'http://me:p%40ss@x.org/a%20b?q=1+2&q=%zz#f'.parseURL().auth", { username: 'me', password: 'p@ss' }],
    ["'http://x.org/?q=1+2&q=%zz&r'.parseURL().queryStrings", { q: ['1 2'], r: [''] }],
    ["{'b': '<', 'a': [1.0, 2, 1e21]}.marshalJSON()", '{"a":[1,2,1e+21],"b":"\\u003c"}'],
    ['[].first() == null && [].last() == null', true],
    ["'aXbX'.translate('([a-z])X', '$1-')", 'a-b-'],
  ])('%s', (expression, wanted) => {
    expect(given(expression)).toEqual(wanted);
  });
});
