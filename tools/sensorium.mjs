#!/usr/bin/env node
/** The command `sensorium`: in a checkout it makes itself ready first, in an installed package it just starts. */
import { existsSync } from 'node:fs';

if (existsSync(new URL('../tsconfig.build.json', import.meta.url))) (await import('./prepare.mjs')).prepare();
await import('#program');
