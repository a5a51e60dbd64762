import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../src/core/json/json.ts';
import { checkGiven, checkOldForm } from '../../../../src/dialects/tekton/templates/check.ts';
import { inTodaysForm } from '../../../../src/dialects/tekton/templates/old-params.ts';

const params = [{ name: 'rev' }, { name: 'url' }];

/** The spec of a run, in today's form. */
const specOf = (spec: Json, resource: JsonObject = { apiVersion: 'tekton.dev/v1beta1', kind: 'PipelineRun' }) =>
  inTodaysForm({ ...resource, spec }, new Set(params.map(({ name }) => name)))['spec'];

describe('`$(params.x)`', () => {
  test('is a param of the template outside of an embedded pipeline', () => {
    const spec = { pipelineRef: { name: 'p' }, params: [{ name: 'rev', value: '$(params.rev)' }] };

    expect(specOf(spec)).toEqual({ pipelineRef: { name: 'p' }, params: [{ name: 'rev', value: '$(tt.params.rev)' }] });
  });

  test('is Tekton’s own inside of one that has a param of this name, or whose run has', () => {
    const embedded = { params: [{ name: 'rev' }], steps: [{ args: ['$(params.rev)', '$(params.url)'] }] };

    expect(specOf({ taskSpec: embedded })).toEqual({
      taskSpec: { params: [{ name: 'rev' }], steps: [{ args: ['$(params.rev)', '$(tt.params.url)'] }] },
    });
    expect(specOf({ params: [{ name: 'url', value: '$(params.url)' }], taskSpec: embedded })).toEqual({
      params: [{ name: 'url', value: '$(tt.params.url)' }],
      taskSpec: embedded,
    });
  });

  test('is Tekton’s own in a task of an embedded pipeline that has it', () => {
    const tasks = [{ taskSpec: { params: [{ name: 'rev' }], steps: [{ args: ['$(params.rev)'] }] } }];

    expect(specOf({ pipelineSpec: { tasks } })).toEqual({ pipelineSpec: { tasks } });
  });

  test('is Tekton’s own in a Task that is created itself', () => {
    const task = { params: [{ name: 'rev' }], steps: [{ args: ['$(params.rev)'] }] };

    expect(specOf(task, { apiVersion: 'tekton.dev/v1', kind: 'Task' })).toEqual(task);
  });

  test('is nothing of ours where the template declares no such param, or where it is escaped', () => {
    expect(specOf(['$(params.other)', '$$(params.rev)'])).toEqual(['$(params.other)', '$$(params.rev)']);
  });

  test('is told of at its place', () => {
    const resourcetemplates = [{ kind: 'TaskRun', spec: { params: [{ name: 'rev', value: 'at $(params.rev)' }] } }];

    expect(checkOldForm({ params, resourcetemplates }, ['spec'])).toEqual([
      {
        severity: 'warning',
        code: 'CONFIG_INVALID',
        path: ['spec', 'resourcetemplates', 0, 'spec', 'params', 0, 'value'],
        message: '$(params.rev) is the old form of $(tt.params.rev), and is taken for it',
        hint: 'write $(tt.params.rev)',
        offset: 3,
      },
    ]);
  });
});

test('a param that nobody gives is told of, unless it has a default or is not asked for', () => {
  const declared = [{ name: 'a' }, { name: 'b', default: '' }, { name: 'c' }, { name: 'unused' }];
  const resourcetemplates = [{ '$(tt.params.a)': '$(tt.params.b)', list: ['$(tt.params.c)', '$(tt.params.undeclared)'] }];

  const findings = checkGiven({ params: declared, resourcetemplates }, new Set(['c']), ['spec', 'template']);

  expect(findings).toEqual([
    {
      severity: 'warning',
      code: 'CONFIG_INVALID',
      path: ['spec', 'template'],
      message: 'the template asks for the param "a", which no binding gives and which has no default: $(tt.params.a) stays as it is',
      hint: 'add to `bindings`: {name: a, value: $(body.…)}',
    },
  ]);
});
