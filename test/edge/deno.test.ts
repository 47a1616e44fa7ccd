import { contract } from './contract.ts';
import { onRuntime } from './on-runtime.ts';
import { serverCases } from './server-cases.ts';

contract(onRuntime('deno'));
serverCases('deno');
