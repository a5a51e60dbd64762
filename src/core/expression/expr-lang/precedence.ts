/** How tightly operators bind; a larger number is tighter. */
export const unary: Readonly<Record<string, number>> = { not: 50, '!': 50, '-': 90, '+': 90 };

export const binary: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...{ '|': 0, or: 10, '||': 10, and: 15, '&&': 15, '..': 25, '+': 30, '-': 30, '*': 60, '/': 60, '%': 60, '**': 100, '^': 100 },
    ...{ '==': 20, '!=': 20, '<': 20, '>': 20, '>=': 20, '<=': 20, in: 20, matches: 20, contains: 20, startsWith: 20, endsWith: 20 },
    '??': 500,
  }),
);

export const bindsRight = new Set(['**', '^']);
