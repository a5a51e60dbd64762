/** What a table has under a name that somebody else has written; `constructor` and what else JavaScript gives every object is not in it. */
export const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
