import { unsupported } from '../../../eventsources/registry.ts';
import { unsupportedTriggers } from '../../../sensors/triggers/registry.ts';
import { fieldsOf, objectIn } from '../../core/schema/fields.ts';
import { type JsonSchema, jsonSchema } from '../../core/schema/json-schema.ts';
import type { Kind } from '../../core/schema/kind.ts';
import { toYaml } from '../../core/yaml/print.ts';
import { fileNameOf, kinds } from '../kinds.ts';
import { testFileSchema } from '../test-kind.ts';
import { type GeneratedFile, page } from './generated-file.ts';
import { optionsTable } from './options-table.ts';
import { type Part, parts } from './parts.ts';

/** Blocks that several places of a Sensor share, or that are long: each has a page. */
const blocks = [
  {
    page: 'filters.md',
    title: 'Filters',
    at: 'spec.dependencies[].filters',
    lead: 'Which events of a dependency pass. All that are given must, unless `filtersLogicalOperator: or` says that one is enough.',
  },
  {
    page: 'transform.md',
    title: 'Transform',
    at: 'spec.dependencies[].transform',
    lead: 'What happens to the payload of an event before the filters see it. Triggers see the result, too.',
  },
  {
    page: 'parameters.md',
    title: 'Parameters',
    at: 'spec.triggers[].parameters',
    lead: 'Values from the events, and the places that they are set in: under a trigger, in its template (`dest: k8s.operation`); under `k8s`, in the object (`dest: metadata.name`). What stands at `dest` is replaced on the parsed object, never in text, so an event cannot break out of its place.',
  },
] as const;

/** One page a kind, a part, a shared block. */
export function referencePages(): GeneratedFile[] {
  return [indexPage(), ...kinds.map(kindPage), ...parts.map(partPage), ...blocks.map(blockPage), testPage()];
}

function indexPage(): GeneratedFile {
  const link = (title: string, name: string, about: string) => `- [${title}](${name}): ${about}`;
  return page('README.md', [
    '# Reference',
    'Every field, flag, error and metric. `sensorium explain` shows the same in a terminal.',
    [
      ...kinds.map((kind) => link(kind.kind, `${fileNameOf(kind)}.md`, kind.summary)),
      ...parts.map(({ what, component, page: name }) => link(`${what} \`${component.type}\``, name, component.summary)),
      ...blocks.map(({ title, page: name, lead }) => link(title, name, lead.replace(/\. .*/s, '.'))),
      link('Tests', 'test.md', 'What `sensorium test` reads.'),
      link('Command line', 'cli.md', 'Commands and their flags.'),
      link('Errors', 'errors.md', 'What each code means and what to do.'),
      link('Metrics and log', 'metrics.md', 'What is counted and what is logged.'),
    ].join('\n'),
  ]);
}

function kindPage(kind: Kind): GeneratedFile {
  const { group, version, plural, shortNames, summary, about } = kind;
  const mine = parts.filter((part) => part.kind === kind.kind);
  const links = {
    ...Object.fromEntries(mine.map(({ path, page }) => [path.replace(/\.NAME$/, ''), page])),
    ...(kind.kind === 'Sensor'
      ? { ...Object.fromEntries(blocks.map(({ at, page }) => [at, page])), 'spec.triggers[].dlqTrigger': '#spectriggers' }
      : {}),
  };
  const others = refused[kind.kind];
  return page(`${fileNameOf(kind)}.md`, [
    `# ${kind.kind}`,
    `${summary} ${about}`,
    `\`apiVersion: ${group}/${version}\`, \`kind: ${kind.kind}\`; for kubectl ${[plural, ...shortNames].map((name) => `\`${name}\``).join(' or ')}.`,
    optionsTable(jsonSchema(kind.schema), '', { links, hidden: new Set(others?.paths) }),
    ...(others
      ? [
          `These ${others.what} of Argo are read and refused:`,
          Object.entries(others.unsupported)
            .map(([type, because]) => `- \`${type}\`: ${because}`)
            .join('\n'),
        ]
      : []),
  ]);
}

interface Refused {
  readonly what: string;
  readonly unsupported: Readonly<Record<string, string>>;
  readonly paths: readonly string[];
}

const refused: Readonly<Record<string, Refused>> = {
  EventSource: {
    what: 'types of sources',
    unsupported,
    paths: Object.keys(unsupported).map((type) => `spec.${type}`),
  },
  Sensor: {
    what: 'types of triggers',
    unsupported: unsupportedTriggers,
    paths: Object.keys(unsupportedTriggers).map((type) => `spec.triggers[].template.${type}`),
  },
};

function partPage({ what, component, kind, path, page: name, folder, inRule }: Part): GeneratedFile {
  const { type, summary, stability, spec, examples } = component;
  return page(name, [
    `# ${type}`,
    `${summary} This ${what} is ${stability}; it stands in [${kind}](../${kind.toLowerCase()}.md) under \`${path}\`.
[What it does and promises](../../../${folder}/README.md).`,
    optionsTable(jsonSchema(spec), '', { links: { parameters: '../parameters.md' } }),
    ...(examples.length > 0 ? ['## Examples'] : []),
    ...examples.map(({ title, spec: example }) => `${title}:\n\n\`\`\`yaml\n${toYaml(inRule(example))}\n\`\`\``),
  ]);
}

function blockPage({ page: name, title, at, lead }: (typeof blocks)[number]): GeneratedFile {
  const sensor = kinds.find(({ kind }) => kind === 'Sensor')!;
  return page(name, [
    `# ${title}`,
    `${lead} They stand in a [Sensor](sensor.md) under \`${at}\`.`,
    optionsTable(schemaAt(jsonSchema(sensor.schema), at), ''),
  ]);
}

function testPage(): GeneratedFile {
  const lead = 'What `sensorium test` reads from files named `*.test.yaml`: events that are given to a Sensor, and what must come of them.';
  return page('test.md', ['# Tests', lead, optionsTable(jsonSchema(testFileSchema), '')]);
}

/** The schema at a path as the tables write it. */
function schemaAt(schema: JsonSchema, path: string): JsonSchema {
  return path
    .replaceAll('[]', '')
    .split('.')
    .reduce<JsonSchema>((current, step) => fieldsOf(objectIn(current)).find(({ name }) => name === step)!.schema, schema);
}
