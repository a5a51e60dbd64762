import { describe, expect, test } from 'vitest';
import { compileTemplate, oldEscapeQuotes, uidOf } from '../../../../src/dialects/tekton/templates/index.ts';

const uid = '0a1b2c3d-0000-4000-8000-000000000000';

/** What one resource becomes. */
function made(resource: Record<string, unknown>, params: Record<string, string>, annotations?: Record<string, string>) {
  return compileTemplate({ resourcetemplates: [resource] }, annotations)(new Map(Object.entries(params)), uid)[0];
}

const run = (spec: unknown) => ({ apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', metadata: { generateName: 'build-' }, spec });

describe('values', () => {
  test.each([
    ['a text as bindings give it', 'say \\"hi\\"\\n\\u003cb\\u003e', 'say "hi"\n<b>'],
    ['a bare quote', 'say "hi"', 'say "hi"'],
    ['a bare line feed', 'one\ntwo', 'one\ntwo'],
    ['a backslash at the end', 'C:\\', 'C:\\'],
    ['an object', '{"a":"b"}', '{"a":"b"}'],
    ['what looks like the end of a text and a field more', 'x", "evil": "y', 'x", "evil": "y'],
    ['a variable of Tekton', '$(tasks.a.results.b)', '$$(tasks.a.results.b)'],
    ['a variable of the template', '$(tt.params.secret) $(uid)', '$$(tt.params.secret) $$(uid)'],
    ['nothing', '', ''],
  ])('%s cannot change the resource', (_, value, text) => {
    expect(made(run({ a: 'pre-$(tt.params.p)-post', b: ['$(tt.params.p)'] }), { p: value, secret: 's' })).toEqual(
      run({ a: `pre-${text}-post`, b: [text] }),
    );
  });

  test('keys are filled too', () => {
    expect(made(run({ '$(tt.params.p)': { __proto__x: 1 } }), { p: '__proto__' })).toEqual(
      run(JSON.parse('{"__proto__": {"__proto__x": 1}}')),
    );
  });

  test('`$(` is doubled only where somebody would read a variable', () => {
    const shown = (apiVersion: string, kind: string) => made({ apiVersion, kind, data: '$(tt.params.p)' }, { p: '$(x)' })?.['data'];

    expect([shown('v1', 'ConfigMap'), shown('v1', 'Secret'), shown('example.com/v1', 'Thing')]).toEqual(['$(x)', '$(x)', '$(x)']);
    expect([shown('v1', 'Pod'), shown('batch/v1', 'Job'), shown('tekton.dev/v1beta1', 'TaskRun')]).toEqual(['$$(x)', '$$(x)', '$$(x)']);
    expect(shown('$(tt.params.version)', 'TaskRun')).toBe('$$(x)');
  });

  test('with the old annotation a quote that is bare stays one, and so does one that is not', () => {
    const old = { [oldEscapeQuotes]: '' };

    expect(made(run('$(tt.params.p)'), { p: '{"a": "x\\\\ny"}' }, old)).toEqual(run('{"a": "x\\ny"}'));
    expect(made(run('$(tt.params.p)'), { p: 'x \\"y\\"' }, old)).toEqual(run('x "y"'));
  });
});

test('two texts that are harmless alone make no variable together', () => {
  const spec = ['$(tt.params.a)$(tt.params.b)', '$$(tt.params.b)', '$(tt.params.a)(x)', '$(tt.params.a) $(tt.params.b)'];
  const params = { a: 'x$', b: '(params.token)' };

  expect(made(run(spec), params)).toEqual(run(['x$$(params.token)', '$$(params.token)', 'x$$(x)', 'x$ (params.token)']));
  expect(made({ apiVersion: 'v1', kind: 'ConfigMap', data: spec[0] }, params)).toMatchObject({ data: 'x$(params.token)' });
});

describe('variables', () => {
  test('the uid is one for all resources', () => {
    const template = compileTemplate({ resourcetemplates: [run('$(uid)'), run('a-$(uid)-$(uid)')] });

    expect(template(new Map(), uid)).toEqual([run(uid), run(`a-${uid}-${uid}`)]);
  });

  test('what nobody gives stays as it is written', () => {
    const spec = ['$(tt.params.nope)', '$( tt.params.p )', "$(tt.params['p'])", '$(params.p)', '$(context.pipelineRun.name)'];

    expect(made(run(spec), { p: 'v' })).toEqual(run(spec));
  });

  test('one inside another is replaced, and what comes out is not', () => {
    expect(made(run('$(tt.params.a$(tt.params.b))'), { a1: 'no', b: '1' })).toEqual(run('$(tt.params.a1)'));
  });

  test('all that is no text stays what it is', () => {
    const spec = { n: 1, big: 12345678901234567890n, yes: true, nothing: null, list: [], map: {} };

    expect(made(run(spec), {})).toEqual(run(spec));
  });
});

describe('the uid of a firing', () => {
  test('has the form of a random UUID, and is the same whenever the firing is tried', () => {
    expect(uidOf('f1')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uidOf('f1')).toBe(uidOf('f1'));
    expect(uidOf('f1')).not.toBe(uidOf('f2'));
  });
});
