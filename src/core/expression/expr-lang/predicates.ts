/** Functions whose second argument is looked at once for each element of the first. */
export const predicates: ReadonlySet<string> = new Set(
  'all none any one filter map count find findIndex findLast findLastIndex groupBy reduce'.split(' '),
);
