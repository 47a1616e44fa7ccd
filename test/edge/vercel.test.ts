import { contract } from './contract.ts';
import { onRuntime } from './on-runtime.ts';

contract(onRuntime('vercel'));
