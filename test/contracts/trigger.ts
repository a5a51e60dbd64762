/**
 * What every kind of trigger promises, as tests. Each type in the registry brings a world that counts its effects.
 */
import { describe, expect, test } from 'vitest';
import type { CompiledSensor } from '../../sensors/compiled.ts';
import type { TriggerDefinition } from '../../sensors/triggers/trigger.ts';
import { buildEvent } from '../support/build-sensor.ts';
import { compiledSensor, type FiringOptions, findingTexts, prepareOf } from '../support/compile-sensor.ts';

export interface TriggerWorld {
  /** Blocks to fire, each with what it would do in one line. */
  readonly blocks: readonly { readonly block: object; readonly would: string }[];
  /** What a trigger finds around it. */
  readonly context: FiringOptions;
  /** Everything that was done, in a form that is equal when nothing was added. */
  effects(): unknown;
  /** Why a firing that comes twice may be seen twice. */
  readonly repeatsBecause?: string;
}

export function triggerContract(definition: TriggerDefinition, makeWorld: () => TriggerWorld): void {
  const { type, examples } = definition;
  const compiled = (block: unknown): CompiledSensor => {
    const { compiled, findings } = compiledSensor({ triggers: [{ template: { name: 't', [type]: block } }] });
    expect(findingTexts(findings).filter((text) => text.startsWith('error'))).toEqual([]);
    return compiled!;
  };

  describe(`the trigger ${type}`, () => {
    test.for(examples.map(({ title, spec }) => [title, spec] as const))('its example is valid: %s', ([, spec]) => {
      expect(compiled(spec).triggers[0]!.type).toBe(type);
    });

    test('says in one line what it would do, and does nothing yet', async () => {
      const { blocks, context, effects } = makeWorld();
      const before = effects();
      for (const { block, would } of blocks) {
        const action = await prepareOf(compiled(block), buildEvent('1'), context);

        expect(action.summary).toBe(would);
        expect(JSON.parse(JSON.stringify(action.rendered))).toEqual(action.rendered);
      }
      expect(effects()).toEqual(before);
    });

    test('says in one line what it did', async () => {
      const { blocks, context } = makeWorld();
      for (const { block } of blocks) {
        const action = await prepareOf(compiled(block), buildEvent('1'), context);

        expect((await action.fire()).summary).toMatch(/^\S[^\n]*$/);
      }
    });

    if (makeWorld().repeatsBecause !== undefined) return;
    test('a firing that comes twice has its effect once, also in another process', async () => {
      for (const index of makeWorld().blocks.keys()) {
        const { blocks, context, effects } = makeWorld();
        const { block } = blocks[index]!;
        await (await prepareOf(compiled(block), buildEvent('1'), context)).fire();
        const once = effects();

        await (await prepareOf(compiled(block), buildEvent('1'), { ...context, attempt: 2 })).fire();

        expect(effects()).toEqual(once);
      }
    });
  });
}
