#!/usr/bin/env node
import { main } from './main.ts';
import { processTerminal, surviveClosedPipes } from './terminal.ts';

surviveClosedPipes(process);
process.exitCode = await main(process.argv.slice(2), processTerminal(process));
