/** Built-ins that say best in jq what they do; none of them is on a hot path. Names with `_` are private. */
const definitions = [
  'def add(f): reduce f as $x (null; . + $x);',
  'def in(xs): . as $x | xs | has($x);',
  'def _until(cond; next): def go: if cond then . else next | go end; go;',
  'def _while(cond; update): def go: if cond then ., (update | go) else empty end; go;',
  'def combinations: if length == 0 then [] else .[0][] as $x | [$x] + (.[1:] | combinations) end;',
  'def combinations($n): . as $dot | [range($n) | $dot] | combinations;',
  'def nth($n): .[$n];',
  'def paths: path(..) | select(. != []);',
  'def paths(f): path(.. | select(f)) | select(. != []);',
  'def leaf_paths: paths(scalars);',
  'def pick(f): . as $v | reduce path(f) as $p (null; setpath($p; $v | getpath($p)));',
  'def tostream: path(def r: (.[]? | r), .; r) as $p | getpath($p) | reduce path(.[]?) as $q ([$p, .]; [$p + $q]);',
  `def fromstream(f): foreach f as $event (null;
    (if .whole then null else . end) | ($event | length == 2) as $leaf | $event[0] as $p |
    (if $leaf then setpath(["value"] + $p; $event[1]) else . end) | .whole = ($p | length == (if $leaf then 0 else 1 end));
    if .whole then .value else empty end);`,
  'def truncate_stream(f): . as $n | null | f | if .[0] | length > $n then .[0] |= .[$n:] else empty end;',
  'def todate: strftime("%Y-%m-%dT%H:%M:%SZ");',
  'def todateiso8601: todate;',
  'def date: todate;',
  'def fromdateiso8601: strptime("%Y-%m-%dT%H:%M:%S%z") | mktime;',
  'def fromdate: fromdateiso8601;',
  'def dateadd(unit; n): . + n;',
  'def datesub(unit; n): . - n;',
  'def ascii: [.] | implode;',
  'def finites: select(isfinite);',
  'def normals: select(isnormal);',
  'def INDEX(stream; f): reduce stream as $row ({}; .[$row | f | tostring] = $row);',
  'def INDEX(f): INDEX(.[]; f);',
  'def JOIN($index; f): [.[] | [., $index[f]]];',
  'def JOIN($index; stream; f): stream | [., $index[f]];',
  'def JOIN($index; stream; f; join): stream | [., $index[f]] | join;',
  'def IN(s): any(s == .; .);',
  'def IN(src; s): any(src == s; .);',
] as const;

export const prelude: ReadonlyMap<string, string> = new Map(definitions.map((text) => [signatureOf(text), text]));

function signatureOf(definition: string): string {
  const [, name, params] = /^def (\w+)(?:\(([^)]*)\))?:/.exec(definition)!;
  return `${name}/${params === undefined ? 0 : params.split(';').length}`;
}
