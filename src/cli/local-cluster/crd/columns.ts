import type { Json } from '../../../core/json/json.ts';
import { compileKubePath, type KubePath, PathError } from '../../../core/kube/json-path/index.ts';
import { age, ageOf, at, name } from '../kinds/columns.ts';
import type { Column } from '../kinds/resource.ts';

/** The columns of a custom kind: NAME, then `additionalPrinterColumns`, or AGE where there are none. */
export function columnsOf(wanted: readonly unknown[]): readonly Column[] {
  if (wanted.length === 0) return [name, age];
  return [name, ...wanted.map(columnOf)];
}

function columnOf(wanted: unknown): Column {
  const type = at(wanted, 'type') as Column['type'];
  const path = pathOf(String(at(wanted, 'jsonPath')));
  const text = (word: string) => at(wanted, word) as string | undefined;
  const format = text('format');
  const description = text('description');
  return {
    name: String(at(wanted, 'name')),
    type: type === 'date' ? 'string' : type,
    ...(format === undefined ? {} : { format }),
    ...(description === undefined ? {} : { description }),
    priority: Number(at(wanted, 'priority') ?? 0),
    cell: (object, now) => cellOf(path(object), type, now),
  };
}

/** A path that leads nowhere, or that is none, leaves its cell empty. */
function pathOf(text: string): (object: Json) => readonly Json[] {
  const orNothing = <T>(run: () => T): T | undefined => {
    try {
      return run();
    } catch (thrown) {
      if (thrown instanceof PathError) return undefined;
      throw thrown;
    }
  };
  const path: KubePath | undefined = orNothing(() => compileKubePath(text));
  return (object) => orNothing(() => path?.find(object, { mayMiss: true })) ?? [];
}

function cellOf(found: readonly Json[], type: Column['type'], now: number): Json {
  const [first] = found;
  if (first === undefined || first === null) return type === 'date' ? '<unknown>' : null;
  if (type === 'date') return ageOf(first, now);
  if (type !== 'string') return first;
  const texts = found.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  return texts.length === 1 ? texts[0]! : texts.join(',');
}
