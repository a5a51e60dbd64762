import { messages } from './messages.ts';
import type { Message, MessageField } from './read-messages.ts';
import { anything, atomic, fields, type ListShape, type Shape, set } from './shape.ts';

/** How objects of a message are merged, from its table: which lists have items with keys, and what is replaced whole. */
export function shapeOfMessage(message: Message): Shape {
  return fields(Object.fromEntries([...message.byName].map(([name, { field }]) => [name, shapeOfField(field)])));
}

/** The same for the metadata of every object. */
export const metadataShape: Shape = shapeOfMessage(messages.get('ObjectMeta')!);

function shapeOfField(field: MessageField): Shape {
  const inner = messages.get(field.type);
  if (field.form === 'list') {
    const unpatched = field.patch === 'unpatched' ? ({ unpatched: true } as const) : {};
    if (field.isSet) return { ...set, ...unpatched };
    return field.keys.length === 0
      ? anything
      : { list: listOf(field.keys, inner), items: inner ? shapeOfInner(inner, field) : anything, ...unpatched };
  }
  if (field.map === 'atomic') return atomic;
  const shape = inner ? shapeOfInner(inner, field) : anything;
  return field.form === 'map' ? { values: shape } : shape;
}

function shapeOfInner(inner: Message, { map }: MessageField): Shape {
  return inner.atomic && map !== 'granular' ? atomic : shapeOfMessage(inner);
}

function listOf(keys: readonly string[], items: Message | undefined): ListShape {
  const defaults = keys.flatMap((key) => {
    const value = items?.byName.get(key)?.field.default;
    return value === undefined ? [] : [[key, value]];
  });
  return { kind: 'map', keys, mergeKey: keys[0]!, defaults: Object.fromEntries(defaults) };
}
