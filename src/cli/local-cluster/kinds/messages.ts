/**
 * The shapes of the kinds that are built in: what fields each message has, of which types, what they are for, what they are when nothing is
 * said, how lists and maps are merged, and their numbers in the protobuf that Go clients send. Type checks, defaults, server-side apply, patches
 * and OpenAPI follow from these tables.
 *
 * A table is read line by line: `package …` names the package of the messages below; `Name: what it is` begins a message (`Name atomic: …` one
 * that is replaced whole), and each indented line is a field: its number, name and type, its traits, and what it is for. A field that says
 * nothing is for what fields of its name are always for (`usual.ts`). The number 0 stands for a field that protobuf does not have. Two messages
 * of one name are told apart by a word before a dot.
 *
 * `[T]` is a list, `{T}` a map with string keys. `!` marks a field that has to be there; `?` a number or boolean that means something when it is
 * 0 or false, which elsewhere is how protobuf writes "not set". `=` before a name puts the fields of an inner message in place of itself.
 * Traits: `by a,b` (a list of items told apart by these fields), `set`, `atomic`, `granular`, `retain`, `replace` and `unpatched` (strategies of
 * patches), `=value` (the default; `={}` for a message that is always there) and `(a|b)` (the values that are allowed).
 */
import { config } from './messages/config.ts';
import { containers } from './messages/containers.ts';
import { definitions } from './messages/definitions.ts';
import { jobs } from './messages/jobs.ts';
import { meta } from './messages/meta.ts';
import { networking } from './messages/networking.ts';
import { nodes } from './messages/nodes.ts';
import { permissions } from './messages/permissions.ts';
import { podStatus } from './messages/pod-status.ts';
import { pods } from './messages/pods.ts';
import { scaling } from './messages/scaling.ts';
import { storage } from './messages/storage.ts';
import { usual } from './messages/usual.ts';
import { values } from './messages/values.ts';
import { volumes } from './messages/volumes.ts';
import { workloads } from './messages/workloads.ts';
import { type Message, readTables } from './read-messages.ts';

/** Each message by its key: its name, with a word before it where two have the same. */
export const messages: ReadonlyMap<string, Message> = readTables(
  [
    meta,
    containers,
    volumes,
    storage,
    podStatus,
    pods,
    workloads,
    jobs,
    networking,
    config,
    nodes,
    scaling,
    permissions,
    definitions,
    values,
  ],
  usual,
);
