import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

/** From the ground up; a file may import from its own floor only within its own part, and from any floor below. */
const floors = [['src/core'], ['eventbus'], ['eventsources', 'sensors'], ['src/dialects'], ['src/manifests'], ['src/cli']];

/** The place of each library that is not everybody's. */
const homes: Record<string, string | readonly string[]> = {
  // The bus and the source speak the protocol; everybody else gets a connection from the core.
  '@nats-io/': ['src/core/nats/', 'eventbus/jetstream/'],
  nodemailer: 'src/core/mail/',
  kafkajs: ['src/core/kafka/', 'eventsources/kafka/'],
  mqtt: 'eventsources/mqtt/',
  amqplib: 'eventsources/amqp/',
  '@redis/client': 'eventsources/redis/',
  undici: 'src/core/http/',
  '@kubernetes/client-node': 'src/core/kube/',
  re2js: 'src/core/regex.ts',
  fengari: 'src/core/lua/',
  aws4fetch: 'src/core/aws/sign.ts',
  '@grpc/grpc-js': 'src/core/grpc/',
  yaml: 'src/core/yaml/',
  'prom-client': 'src/core/telemetry/',
  commander: 'src/cli/',
  picocolors: 'src/cli/',
};

const root = join(import.meta.dirname, '..');
const files = ['src', 'eventbus', 'eventsources', 'sensors'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);
const imports = files.flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, target]) => ({ file, target: target! })),
);

const partOf = (file: string) => floors.flat().find((part) => file.startsWith(`${part}/`));
const floorOf = (part: string) => floors.findIndex((floor) => floor.includes(part));

test('imports point down, never up or sideways', () => {
  const wrong = imports
    .filter(({ target }) => target.startsWith('.'))
    .map(({ file, target }) => ({ file, target: relative(root, join(root, dirname(file), target)) }))
    .filter(({ file, target }) => {
      const [from, to] = [partOf(file), partOf(target)];
      if (from === undefined || to === undefined) return true;
      return from !== to && floorOf(to) >= floorOf(from);
    });

  expect(imports.length).toBeGreaterThan(100);
  expect(wrong).toEqual([]);
});

test('event sources and sensors know the bus by its contract only', () => {
  const wrong = imports.filter(({ file, target }) => /^(eventsources|sensors)\//.test(file) && /eventbus\/(?!bus\.ts)/.test(target));

  expect(wrong).toEqual([]);
});

test('each library is touched in one place', () => {
  const wrong = imports.filter(({ file, target }) => {
    const library = Object.keys(homes).find((name) => target === name || target.startsWith(name.endsWith('/') ? name : `${name}/`));
    return library !== undefined && ![homes[library]!].flat().some((home) => file.startsWith(home));
  });

  expect(wrong).toEqual([]);
});

test('nothing below the programs reads the clock or the environment, or keeps state in a module', () => {
  const forbidden = /\bDate\.now\(|\bprocess\.env\b|^(?:export )?let /;
  const wrong = files
    .filter((file) => !file.startsWith('src/cli/') && file !== 'src/core/time/clock.ts')
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .map((line, index) => ({ line, place: `${file}:${index + 1}` })),
    )
    .filter(({ line }) => !/^\s*(?:\*|\/\/|\/\*)/.test(line) && forbidden.test(line));

  expect(wrong).toEqual([]);
});
