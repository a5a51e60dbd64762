/** Which sign is what. The keys of each table are the signs; the values say how tightly they bind (`ternaries` are the loosest but for commas). */
export const prefixes: Readonly<Record<string, true>> = table({ '-': true, '!': true, '~': true });

export const modifiers: Readonly<Record<string, number>> = table({
  '|': 50,
  '&': 50,
  '^': 50,
  '<<': 60,
  '>>': 60,
  '+': 70,
  '-': 70,
  '*': 80,
  '/': 80,
  '%': 80,
  '**': 90,
});

export const comparators: Readonly<Record<string, number>> = table({
  '==': 40,
  '!=': 40,
  '>': 40,
  '>=': 40,
  '<': 40,
  '<=': 40,
  '=~': 40,
  '!~': 40,
  in: 40,
});

export const logicals: Readonly<Record<string, number>> = table({ '&&': 30, '||': 20 });

export const ternaries: Readonly<Record<string, number>> = table({ '?': 10, ':': 10, '??': 10 });

function table<T>(entries: Record<string, T>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null) as Record<string, T>, entries);
}
