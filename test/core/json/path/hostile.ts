const deep = (open: string, close: string, levels: number) => open.repeat(levels) + close.repeat(levels);
const wide = JSON.stringify(Array.from({ length: 50_000 }, (_, index) => ({ a: index, b: ['x', { c: index }] })));
const nested = deep('[', ']', 1_900);

/** Paths and texts that want too much: each finds something or nothing, and soon. */
export const hostile: readonly { readonly name: string; readonly text: string; readonly input: string }[] = [
  { name: 'a path of a hundred thousand keys', text: 'a.'.repeat(100_000), input: '{"a":1}' },
  { name: 'as many keys as there are levels', text: Array(1_900).fill('0').join('.'), input: nested },
  { name: 'a wildcard that would backtrack', text: `${'*a'.repeat(200)}*b`, input: JSON.stringify({ ['a'.repeat(2_000)]: 1 }) },
  { name: 'a query with a wildcard that would backtrack', text: `#(%"${'*a'.repeat(200)}b")`, input: JSON.stringify(['a'.repeat(2_000)]) },
  { name: 'queries in queries', text: `${'#('.repeat(2_000)}a${')'.repeat(2_000)}`, input: nested },
  { name: 'queries behind queries', text: Array(500).fill('#(a>=0)#').join('|'), input: wide },
  { name: 'collecting what is collected', text: Array(1_000).fill('#').join('.'), input: nested },
  { name: 'dig for what is everywhere', text: '@dig:@this', input: deep('[', ']', 190) },
  { name: 'dig in a wide text', text: '@dig:c', input: wide },
  { name: 'dig in dig', text: '@dig:@dig:a', input: deep('{"a":', '}', 60).replace('}', '1}') },
  { name: 'flatten what is deep', text: '@flatten:{"deep":true}', input: nested },
  { name: 'pretty of what is deep', text: '@pretty', input: nested },
  { name: 'tostr again and again', text: Array(18).fill('@tostr').join('|'), input: '"\\"' },
  { name: 'fromstr of nonsense', text: Array(1_000).fill('@fromstr').join('|'), input: '"x"' },
  { name: 'multipaths in multipaths', text: `${'['.repeat(2_000)}a${']'.repeat(2_000)}`, input: '{"a":1}' },
  { name: 'a multipath that doubles', text: Array(30).fill('[@this,@this]').join('|'), input: '[1]' },
  { name: 'a multipath of many', text: `{${Array.from({ length: 20_000 }, (_, index) => `"k${index}":a`).join(',')}}`, input: '{"a":1}' },
  { name: 'brackets that nobody closes', text: 'a', input: '{"b":'.repeat(200_000) },
  { name: 'quotes that nobody closes', text: 'a', input: `{"${'\\"'.repeat(200_000)}` },
  { name: 'backslashes', text: '\\'.repeat(100_001), input: '{"\\\\":1}' },
  { name: 'half pairs', text: 'a', input: `{"a":"${'\\ud800'.repeat(50_000)}"}` },
  { name: 'reach for the prototype', text: '__proto__.constructor', input: '{}' },
];
