const as = 'a'.repeat(100_000);

/** Patterns and texts with which a backtracking search takes years, or an automaton all of the memory: each ends, and soon. */
export const hostile: readonly { readonly name: string; readonly text: string; readonly input: string }[] = [
  { name: 'stars in stars', text: '(a*)*b', input: as },
  { name: 'a plus in a plus, and the end', text: '(a+)+$', input: `${as}!` },
  { name: 'alternatives that are alike', text: '(a|a|aa)+$', input: `${as}!` },
  { name: 'many optional letters', text: `${'a?'.repeat(500)}${'a'.repeat(500)}`, input: as },
  { name: 'many stars', text: `${'a*'.repeat(200)}b`, input: as },
  { name: 'an automaton of 2^20 states', text: '(a|b)*a(a|b){20}c', input: 'abbabaab'.repeat(10_000) },
  { name: 'an automaton of 2^500 states', text: '(a|b)*a(a|b){500}c', input: 'abbabaab'.repeat(5_000) },
  { name: 'counts in counts', text: '((a{1,30}){1,30}){1,30}b', input: as },
  { name: 'counts that are refused', text: '(((a{100}){100}){100}){100}', input: as },
  { name: 'a count that is too large', text: 'a{1000000}', input: as },
  { name: 'groups in groups', text: `${'('.repeat(900)}a${')'.repeat(900)}`, input: as },
  { name: 'brackets without end', text: '('.repeat(100_000), input: 'a' },
  { name: 'a class of all letters, many times', text: '\\pL{900}!', input: 'é'.repeat(50_000) },
  { name: 'both cases of all letters', text: '(?i)(\\p{L}|\\p{N})+!', input: 'ſK'.repeat(50_000) },
  {
    name: 'as many alternatives as words',
    text: Array.from({ length: 5_000 }, (_, index) => `w${index}x+`).join('|'),
    input: 'w'.repeat(50_000),
  },
  { name: 'a look around', text: '(?=(a+))a*b\\1', input: as },
  { name: 'a back reference', text: '(a*)\\1b', input: as },
  { name: 'half a character', text: '[\ud800-\udbff]+$', input: '\ud800'.repeat(50_000) },
];
